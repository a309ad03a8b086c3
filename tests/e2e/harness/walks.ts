/** What people do, in the words of the product's stable hooks (docs/testing.md). */
import { ACCESS_PASSWORD, type Product } from "../../fixtures/product.ts";
import { until } from "../../fixtures/poll.ts";
import { type Person, testid } from "./person.ts";

/** Waits until an element with this `data-testid` is in the page. */
export async function find(person: Person, id: string, timeoutMs = 15_000): Promise<void> {
  await until(
    `${person.name} has ${id}`,
    () => person.eval((selector) => document.querySelector(selector) !== null, testid(id)),
    { timeoutMs },
  );
}

/** An attribute of the first element that matches; null when there is none. */
export function attribute(
  person: Person,
  { selector, name }: { selector: string; name: string },
): Promise<string | null> {
  return person.eval(
    (query) => document.querySelector(query.selector)?.getAttribute(query.name) ?? null,
    { selector, name },
  );
}

export async function signIn(person: Person, product: Product): Promise<void> {
  await person.open(`${product.origin}/`);
  await person.type("signin-name", person.name);
  await person.type("signin-password", ACCESS_PASSWORD);
  await person.click("signin-submit");
  await find(person, "create-room-form");
}

/** @returns the room's code, once its lobby is open */
export async function createRoom(person: Person, roomName = "Team talk"): Promise<string> {
  await person.type("create-room-name", roomName);
  await person.click("create-room-submit");
  await find(person, "lobby");
  return (await person.url()).split("/").at(-1) ?? "";
}

/** From the lobby into the call; @returns the participant_id */
export async function join(person: Person): Promise<number> {
  await person.click("lobby-join");
  return await inCall(person);
}

/** Waits for a connected call; @returns the participant_id */
export async function inCall(person: Person): Promise<number> {
  return await until(
    `${person.name} is in the call`,
    () =>
      person.eval(() => {
        const call = document.querySelector<HTMLElement>('[data-testid="call"]');
        const self = document.querySelector<HTMLElement>('[data-testid="self-view"]');
        return call?.dataset.phase === "connected" && Number(self?.dataset.participantId);
      }),
    { timeoutMs: 20_000 },
  );
}

/** The link that the invitation dialog shows; the dialog is closed again. */
export async function invite(person: Person): Promise<string> {
  await person.click("control-share");
  const link = await until("the link", () =>
    person.eval((selector) => {
      const field = document.querySelector<HTMLInputElement>(selector);
      return field?.value ?? null;
    }, testid("share-link")));
  await person.eval(
    (selector) => document.querySelector<HTMLDialogElement>(selector)?.close(),
    testid("share-dialog"),
  );
  return link;
}

/** By a guest link into the call, under the person's own name. */
export async function enterByLink(person: Person, link: string): Promise<number> {
  await person.open(link);
  await find(person, "lobby");
  await person.type("lobby-name", person.name);
  return await join(person);
}

/**
 * The short way for tests about something else: signs in by REST, so that the browser holds the
 * session cookie, and opens the room's lobby.
 */
export async function visit(person: Person, product: Product, code: string): Promise<void> {
  await person.open(`${product.origin}/login`);
  await person.eval(async (body) => {
    const answer = await fetch("/api/auth/login", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`sign-in: ${answer.status} ${await answer.text()}`);
  }, { password: ACCESS_PASSWORD, user_name: person.name });
  await person.open(`${product.origin}/video/room/${code}`);
  await find(person, "lobby");
}

export async function visitAndJoin(
  person: Person,
  product: Product,
  code: string,
): Promise<number> {
  await visit(person, product, code);
  return await join(person);
}

export async function leave(person: Person): Promise<void> {
  await person.click("control-leave");
  await find(person, "call-ended");
}
