/** What people see of the encryption, in the words of the product's stable hooks. */
import { until } from "../../fixtures/poll.ts";
import type { ChromiumPerson } from "./chromium.ts";
import { type Person, testid } from "./person.ts";
import { tile } from "./senses.ts";
import { attribute } from "./walks.ts";

const SLOW = { timeoutMs: 30_000 };

/** Waits until the tile of somebody says this of the encryption. */
export async function isProtected(person: Person, id: number, kind: string): Promise<void> {
  await until(
    `${person.name} sees ${id} as ${kind}`,
    async () => await attribute(person, { selector: tile(id), name: "data-protection" }) === kind,
    SLOW,
  );
}

/** Waits until the mark of somebody says by what they are verified: `link`, `code` or `no`. */
export async function isVerified(person: Person, id: number, by: string): Promise<void> {
  const selector = `${tile(id)} ${testid("protection-mark")}`;
  await until(
    `${person.name} sees ${id} verified by ${by}`,
    async () => await attribute(person, { selector, name: "data-verified" }) === by,
    SLOW,
  );
}

/** Waits until the sign of the whole call says this. */
export async function callIs(person: Person, state: string): Promise<void> {
  const selector = testid("call-lock");
  await until(
    `${person.name} sees the call as ${state}`,
    async () => await attribute(person, { selector, name: "data-state" }) === state,
    SLOW,
  );
}

/** Taps the mark on somebody's tile; @returns the code that is shown with them */
export async function openCode(person: ChromiumPerson, id: number): Promise<string> {
  await person.page.locator(`${tile(id)} ${testid("protection-mark")}`).click();
  const code = person.page.locator(
    `${testid("verification-person")}[data-participant-id="${id}"] ${testid("verification-code")}`,
  );
  return await code.getAttribute("data-code") ?? "";
}

export async function closeView(person: ChromiumPerson): Promise<void> {
  await person.page.keyboard.press("Escape");
  await person.page.locator(testid("verification")).waitFor({ state: "detached" });
}

/** The words of the alarm about somebody; waits for it. */
export async function alarmAbout(person: ChromiumPerson, id: number): Promise<string> {
  const alarm = person.page.locator(
    `${testid("encryption-alarm")}[data-participant-id="${id}"]`,
  );
  await alarm.waitFor({ timeout: 30_000 });
  return await alarm.innerText();
}

export interface Received {
  packets: number;
  framesDecoded: number;
  /** Of everything heard, 0 is silence. */
  audioEnergy: number;
}

/** What arrived over all connections of the page, and what came of it; needs `keepConnections`. */
export async function received(): Promise<Received> {
  const page = globalThis as typeof globalThis & { __connections?: RTCPeerConnection[] };
  const sum = { packets: 0, framesDecoded: 0, audioEnergy: 0 };
  for (const connection of page.__connections ?? []) {
    for (const report of (await connection.getStats()).values()) {
      if (report.type !== "inbound-rtp") continue;
      sum.packets += report.packetsReceived ?? 0;
      sum.framesDecoded += report.framesDecoded ?? 0;
      sum.audioEnergy += report.totalAudioEnergy ?? 0;
    }
  }
  return sum;
}
