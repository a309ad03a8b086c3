/** What people do with the chat, in the words of the product's stable hooks (docs/testing.md). */
import { until } from "../../fixtures/poll.ts";
import type { ChromiumPerson } from "./chromium.ts";
import { testid } from "./person.ts";

export interface Said {
  from: number;
  text: string;
  /** Own messages: how many have not got it; null for those of others. */
  waiting: number | null;
}

export async function openChat(person: ChromiumPerson): Promise<void> {
  await person.click("control-chat");
  await person.page.locator(testid("chat-panel")).waitFor();
}

/** Writes and sends as people do, by the keyboard. */
export async function say(person: ChromiumPerson, text: string): Promise<void> {
  const input = person.page.locator(testid("chat-input"));
  await input.fill(text);
  await input.press("Enter");
}

/** All messages in the open panel, in order. */
export function readChat(person: ChromiumPerson): Promise<Said[]> {
  return person.eval(
    (selector) =>
      [...document.querySelectorAll<HTMLElement>(selector)].map((line) => ({
        from: Number(line.dataset.from),
        text: line.querySelector<HTMLElement>("div")?.innerText ?? "",
        waiting: line.dataset.waiting === undefined ? null : Number(line.dataset.waiting),
      })),
    testid("chat-message"),
  );
}

/** Waits until exactly these texts stand in the open panel, in this order. */
export async function reads(person: ChromiumPerson, texts: readonly string[]): Promise<Said[]> {
  let last: Said[] = [];
  return await until(`${person.name} reads ${JSON.stringify(texts)}`, async () => {
    last = await readChat(person);
    return JSON.stringify(last.map(({ text }) => text)) === JSON.stringify(texts) && last;
  }, { timeoutMs: 20_000 }).catch((error) => {
    throw new Error(`${error.message}; saw ${JSON.stringify(last)}`, { cause: error });
  });
}

/** Waits until everybody has got all that this person wrote. */
export async function isDelivered(person: ChromiumPerson): Promise<void> {
  await until(`all words of ${person.name} have arrived`, async () => {
    const own = (await readChat(person)).filter(({ waiting }) => waiting !== null);
    return own.length > 0 && own.every(({ waiting }) => waiting === 0);
  }, { timeoutMs: 30_000 });
}
