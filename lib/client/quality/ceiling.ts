/**
 * How much may be asked of something that only tells when it was too much: a network, a processor.
 *
 * A ceiling falls at the second sign of trouble in a row and rises after a time of calm. A rise that
 * ended in trouble doubles the time to the next one, so that a limit of the network makes a picture
 * change its size once a minute at most and not every few seconds.
 */

export interface Ceiling {
  /** In the unit of whoever keeps it; infinite until the first trouble. */
  readonly level: number;
  /** Signs of trouble in a row. */
  readonly signs: number;
  /** Since when there was neither trouble nor a rise. */
  readonly calmSinceMs: number;
  /** Time of calm before the next rise. */
  readonly waitMs: number;
  readonly roseAtMs: number;
}

export const FIRST_WAIT_MS = 3_000;
const AMPLE_WAIT_MS = 2_000;
export const LONGEST_WAIT_MS = 60_000;
/** At the bottom a picture has to stop: it must not come and go. */
export const BOTTOM_WAIT_MS = 10_000;
/** Trouble this soon after a rise was caused by it; a rise that held this long was right. */
const BLAMED_ON_RISE_MS = 15_000;
const PROVEN_AFTER_MS = 60_000;
/** One sign may be chance. */
const SIGNS = 2;
const RISE = 1.4;
const WAIT_WITHOUT_ROOM = 3;

export function newCeiling(nowMs: number, level = Infinity): Ceiling {
  return { level, signs: 0, calmSinceMs: nowMs, waitMs: FIRST_WAIT_MS, roseAtMs: -Infinity };
}

/**
 * What the browser's own estimate says of a higher ceiling. `ample`: far more would get through than
 * is sent; `none`: not even what is allowed. Estimates do not grow far beyond what is sent, so `none`
 * means to wait longer, not for ever.
 */
export type Room = "ample" | "some" | "none";

export interface Look {
  /** What got through while there was trouble: the ceiling falls to it; null: no trouble. */
  readonly measured: number | null;
  /** It never falls lower. */
  readonly lowest: number;
  /** From here on it stands in nobody's way. */
  readonly highest: number;
  readonly room: Room;
  /** With ample room the ceiling leaps up to here. */
  readonly leapTo: number;
  readonly nowMs: number;
}

export function watchCeiling(ceiling: Ceiling, look: Look): Ceiling {
  return look.measured === null
    ? calm({ ...ceiling, signs: 0 }, look)
    : trouble({ ...ceiling, signs: ceiling.signs + 1 }, look.measured, look);
}

function trouble(ceiling: Ceiling, measured: number, { lowest, nowMs }: Look): Ceiling {
  if (ceiling.signs < SIGNS) return ceiling;
  const blamed = nowMs - ceiling.roseAtMs < BLAMED_ON_RISE_MS;
  const level = Math.min(ceiling.level, Math.max(lowest, measured));
  const longer = blamed ? Math.min(LONGEST_WAIT_MS, ceiling.waitMs * 2) : ceiling.waitMs;
  return {
    ...ceiling,
    level,
    signs: 0,
    calmSinceMs: nowMs,
    waitMs: level <= lowest ? Math.max(BOTTOM_WAIT_MS, longer) : longer,
    // Blamed once: the next sign is no news about the same rise.
    roseAtMs: -Infinity,
  };
}

function calm(ceiling: Ceiling, { highest, room, leapTo, nowMs }: Look): Ceiling {
  if (ceiling.level === Infinity) return ceiling;
  const waitMs = room === "ample"
    ? AMPLE_WAIT_MS
    : ceiling.waitMs * (room === "none" ? WAIT_WITHOUT_ROOM : 1);
  if (nowMs - ceiling.calmSinceMs < waitMs) return ceiling;
  const level = Math.max(ceiling.level * RISE, room === "ample" ? leapTo : 0);
  const proven = nowMs - ceiling.roseAtMs > PROVEN_AFTER_MS && ceiling.roseAtMs !== -Infinity;
  return {
    ...ceiling,
    level: level >= highest ? Infinity : level,
    calmSinceMs: nowMs,
    waitMs: proven ? Math.max(FIRST_WAIT_MS, ceiling.waitMs / 2) : ceiling.waitMs,
    roseAtMs: nowMs,
  };
}
