/** Expectations about what one person sees and hears of another. */
import assert from "node:assert/strict";
import { until } from "../../fixtures/poll.ts";
import type { Person } from "./person.ts";
import { listen, shownFrames, watchPicture } from "./probes.ts";

export type Kind = "camera" | "screen";

export interface Presence {
  person: Person;
  id: number;
}

export function tile(id: number, kind: Kind = "camera"): string {
  return `[data-testid="tile"][data-participant-id="${id}"][data-kind="${kind}"]`;
}

export function tileVideo(id: number, kind: Kind = "camera"): string {
  return `${tile(id, kind)} video`;
}

export function audioOf(id: number): string {
  return `audio[data-kind="audio"][data-participant-id="${id}"]`;
}

/** The picture in the video moves on: frames are shown, pixels change, and it is not black. */
export async function seesVideo(person: Person, selector: string): Promise<void> {
  const what = `${person.name} sees ${selector}`;
  const shown = () => person.eval(shownFrames, selector);
  const first = await until(`${what}: first frames`, async () => {
    const frames = await shown();
    return frames !== null && frames >= 3 && frames;
  }, { timeoutMs: 20_000 });
  await until(`${what}: further frames`, async () => ((await shown()) ?? 0) >= first + 5);
  const picture = await until(`${what}: a changing picture`, async () => {
    const seen = await person.eval(watchPicture, selector);
    return seen !== null && seen.changed > 0.001 && seen;
  });
  assert.ok(picture.brightness > 10, `${what}: black (${picture.brightness})`);
}

export function sees(person: Person, id: number, kind: Kind = "camera"): Promise<void> {
  return seesVideo(person, tileVideo(id, kind));
}

/** Chromium's fake microphone beeps about once a second; this much holds a beep for sure. */
const LISTEN_MS = 2_000;
/** Far below the beep (0.3) and Firefox's tone (0.07), far above the noise of an open silent line. */
const AUDIBLE_RMS = 0.01;

export async function hearsElement(person: Person, selector: string): Promise<void> {
  await until(`${person.name} hears ${selector}`, async () => {
    const sound = await person.eval(listen, { selector, ms: LISTEN_MS });
    return sound !== null && sound.audible && sound.peak > AUDIBLE_RMS;
  }, { timeoutMs: 15_000 });
}

export function hears(person: Person, id: number): Promise<void> {
  return hearsElement(person, audioOf(id));
}

/** Silence for a whole listening time, soon. */
export async function hearsNothingOf(person: Person, id: number): Promise<void> {
  await until(`${person.name} hears nothing of ${id}`, async () => {
    const sound = await person.eval(listen, { selector: audioOf(id), ms: LISTEN_MS });
    return sound === null || sound.peak < AUDIBLE_RMS / 2;
  }, { timeoutMs: 12_000 });
}

/** Everyone sees and hears everyone else. */
export async function everyoneMeets(people: readonly Presence[]): Promise<void> {
  const pairs = people.flatMap((a) => people.filter((b) => b !== a).map((b) => [a, b] as const));
  await Promise.all(pairs.map(([{ person }, { id }]) => sees(person, id)));
  await Promise.all(pairs.map(([{ person }, { id }]) => hears(person, id)));
}

/** Waits until the person has exactly these tiles, as `id:kind`. */
export async function tilesAre(person: Person, expected: readonly string[]): Promise<void> {
  const wanted = [...expected].sort().join(" ");
  await until(`${person.name} has the tiles ${wanted}`, async () => {
    const tiles = await person.eval(() =>
      [...document.querySelectorAll<HTMLElement>('[data-testid="tile"]')].map((tile) =>
        `${tile.dataset.participantId}:${tile.dataset.kind}`
      )
    );
    return tiles.sort().join(" ") === wanted;
  });
}
