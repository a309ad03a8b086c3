/** When the picture came back, from the frames that a page has shown. */
import { until } from "../fixtures/poll.ts";
import type { ChromiumPerson } from "../e2e/harness/chromium.ts";
import { frameTimes } from "./page_probes.ts";

/** The clock that pages and tests of one machine share; milliseconds since the epoch. */
export function epochMs(): number {
  return performance.timeOrigin + performance.now();
}

/** A picture that goes on has this many frames, none later than `STEADY_MS` after the one before. */
const STEADY_FRAMES = 8;
const STEADY_MS = 500;

/** The first frame at or after `sinceMs` that others follow; null: there is none yet. */
export function firstSteadyFrame(times: readonly number[], sinceMs: number): number | null {
  const later = times.filter((time) => time >= sinceMs);
  for (let start = 0; start + STEADY_FRAMES <= later.length; start++) {
    const run = later.slice(start, start + STEADY_FRAMES);
    if (run.every((time, index) => index === 0 || time - run[index - 1]! <= STEADY_MS)) {
      return run[0]!;
    }
  }
  return null;
}

/**
 * Waits until the picture that was noted with `noteFrames` goes on.
 * @returns milliseconds from `sinceMs` to its first frame
 */
export async function pictureBack(
  person: ChromiumPerson,
  sinceMs: number,
  timeoutMs = 30_000,
): Promise<number> {
  const at = await until(
    `${person.name}'s picture goes on`,
    async () => firstSteadyFrame(await person.eval(frameTimes), sinceMs),
    { timeoutMs, everyMs: 100 },
  );
  return Math.round(at - sinceMs);
}
