/** In front of the door and behind it. */
import assert from "node:assert/strict";
import { Api } from "../fixtures/api.ts";
import { until } from "../fixtures/poll.ts";
import type { Product } from "../fixtures/product.ts";
import type { ChromiumPerson } from "./harness/chromium.ts";
import { become, endPage } from "./harness/moderating.ts";
import { testid } from "./harness/person.ts";
import { everyoneMeets } from "./harness/senses.ts";
import { browserTest, type Stage } from "./harness/stage.ts";
import { attribute, find, inCall, join, signIn } from "./harness/walks.ts";

interface Scene {
  product: Product;
  code: string;
  host: Api;
  ann: ChromiumPerson;
}

/** A room with a waiting room for guests, made by Ann, who is at its lobby. */
async function roomWithDoor(stage: Stage, more: Record<string, unknown> = {}): Promise<Scene> {
  const product = await stage.product();
  const host = await Api.signIn(product.origin, "Ann Secret");
  const ann = await stage.chromium("Ann");
  await become(ann, product, host);
  const { room_code: code } = await host.createRoom({
    room_name: "Doctor's practice",
    waiting_room_enabled: true,
    ...more,
  });
  await ann.open(`${product.origin}/video/room/${code}`);
  await find(ann, "lobby");
  return { product, code, host, ann };
}

/** Opens the link and taps Join: the two taps of a guest. */
async function knock(person: ChromiumPerson, link: string): Promise<void> {
  await person.open(link);
  await find(person, "lobby");
  await person.click("lobby-join");
  await find(person, "waiting-screen");
}

function waitingOf(host: ChromiumPerson): Promise<number> {
  return host.page.locator(testid("waiting-person")).count();
}

browserTest("a guest on a phone waits after two taps and is let in with one", async (stage) => {
  const { ann, host, code } = await roomWithDoor(stage);
  const annId = await join(ann);
  const boris = await stage.chromium("Boris", { phone: true });
  const heard: string[] = [];
  boris.page.on(
    "websocket",
    (socket) => socket.on("framereceived", ({ payload }) => heard.push(String(payload))),
  );
  await knock(boris, await host.guestUrl(code, { user_name: "Boris" }));
  assert.match(
    await boris.page.locator(testid("waiting-hint")).innerText(),
    /host will let you in/,
  );
  await stage.picture(boris, "waiting_guest_phone");
  await find(ann, "waiting-notice");
  assert.match(
    await ann.page.locator(testid("waiting-notice")).innerText(),
    /Boris\s+wants to join/,
  );
  await stage.picture(ann, "waiting_host");
  // Nothing of the room has reached the page of the one who waits.
  const page = await boris.page.content();
  for (const text of [page, ...heard]) assert.equal(text.includes("Ann Secret"), false);
  assert.ok(heard.some((text) => text.includes("waiting_state")));
  assert.equal(heard.some((text) => text.includes("room_state")), false);

  await ann.click("admit");
  const borisId = await inCall(boris);
  await everyoneMeets([{ person: ann, id: annId }, { person: boris, id: borisId }]);
  await ann.page.locator(testid("waiting-notice")).waitFor({ state: "detached" });
  // Once let in, always let in.
  await boris.reload();
  assert.equal(await inCall(boris), borisId);
  assert.deepEqual(boris.complaints, []);
});

browserTest("waiting survives a reload of the page and a restart of the server", async (stage) => {
  const { ann, host, code, product } = await roomWithDoor(stage);
  await join(ann);
  const boris = await stage.chromium("Boris");
  await knock(boris, await host.guestUrl(code, { user_name: "Boris" }));
  await find(ann, "waiting-notice");
  await boris.reload();
  await find(boris, "waiting-screen");
  await ann.click("control-people");
  await until("one waits", async () => await waitingOf(ann) === 1);
  await product.restart();
  await inCall(ann);
  await until("he waits again", async () => await waitingOf(ann) === 1, { timeoutMs: 20_000 });
  await find(boris, "waiting-screen");
  await ann.click("admit");
  await inCall(boris);
});

browserTest("not let in: a page in words, and a way to ask again", async (stage) => {
  const { ann, host, code } = await roomWithDoor(stage);
  await join(ann);
  const boris = await stage.chromium("Boris");
  await knock(boris, await host.guestUrl(code, { user_name: "Boris" }));
  await ann.click("deny");
  const page = await endPage(boris);
  assert.equal(page.reason, "denied");
  assert.match(page.text, /not let in/);
  await stage.picture(boris, "denied");
  await ann.page.locator(testid("waiting-notice")).waitFor({ state: "detached" });
  await boris.click("rejoin");
  await boris.page.getByText(/ask again in \d+ s/).waitFor();
  await until("he may knock again", async () => {
    if (await boris.page.locator(testid("waiting-screen")).isVisible()) return true;
    const again = boris.page.locator(testid("rejoin"));
    if (await again.isVisible()) await again.click();
    return false;
  }, { timeoutMs: 60_000, everyMs: 4_000 });
  await ann.click("admit");
  await inCall(boris);
});

browserTest("several are let in at once", async (stage) => {
  const { ann, host, code } = await roomWithDoor(stage);
  await join(ann);
  const guests: ChromiumPerson[] = [];
  for (const name of ["Boris", "Clara", "Dan"]) {
    const guest = await stage.chromium(name);
    await knock(guest, await host.guestUrl(code, { user_name: name }));
    guests.push(guest);
  }
  await ann.page.getByText(/2 more are waiting/).first().waitFor();
  await ann.click("control-people");
  await find(ann, "people-panel");
  await until("three wait", async () => await waitingOf(ann) === 3);
  await stage.picture(ann, "waiting_panel");
  await ann.click("admit-all");
  for (const guest of guests) await inCall(guest);
  assert.equal(await waitingOf(ann), 0);
});

browserTest("without a host the page says so, and says when one comes", async (stage) => {
  const { ann, host, code } = await roomWithDoor(stage);
  const boris = await stage.chromium("Boris");
  await knock(boris, await host.guestUrl(code, { user_name: "Boris" }));
  const present = () =>
    attribute(boris, { selector: "[data-host-present]", name: "data-host-present" });
  await until("no host", async () => await present() === "false");
  assert.match(await boris.page.locator(testid("waiting-hint")).innerText(), /No host/);
  await stage.picture(boris, "waiting_nobody");
  await join(ann);
  await until("a host", async () => await present() === "true");
  await find(ann, "waiting-notice");
});

browserTest("who stops waiting is back in the lobby and off the list", async (stage) => {
  const { ann, host, code } = await roomWithDoor(stage);
  await join(ann);
  const boris = await stage.chromium("Boris");
  await knock(boris, await host.guestUrl(code, { user_name: "Boris" }));
  await find(ann, "waiting-notice");
  await boris.click("waiting-leave");
  await find(boris, "lobby");
  await ann.page.locator(testid("waiting-notice")).waitFor({ state: "detached" });
  await boris.click("lobby-join");
  await find(boris, "waiting-screen");
  await find(ann, "waiting-notice");
});

browserTest("with a waiting room for all, people with the password wait too", async (stage) => {
  const { ann, code, product } = await roomWithDoor(stage, { waiting_room_for: "all" });
  await join(ann);
  const clara = await stage.chromium("Clara");
  await signIn(clara, product);
  await clara.open(`${product.origin}/video/room/${code}`);
  await find(clara, "lobby");
  await clara.click("lobby-join");
  await find(clara, "waiting-screen");
  await ann.click("admit");
  await inCall(clara);
});
