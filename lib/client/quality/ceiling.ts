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
export const LONGEST_WAIT_MS = 60_000;
/** At the bottom a picture has to stop: it must not come and go. */
export const BOTTOM_WAIT_MS = 10_000;
/** Trouble this soon after a rise was caused by it. */
const BLAMED_ON_RISE_MS = 15_000;
/** One sign may be chance. */
const SIGNS = 2;
const RISE = 1.4;

export function newCeiling(nowMs: number, level = Infinity): Ceiling {
  return { level, signs: 0, calmSinceMs: nowMs, waitMs: FIRST_WAIT_MS, roseAtMs: -Infinity };
}

export interface Look {
  /** What got through while there was trouble: the ceiling falls to it; null: no trouble. */
  readonly measured: number | null;
  /** It never falls lower. */
  readonly lowest: number;
  /** From here on it stands in nobody's way. */
  readonly highest: number;
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

function calm(ceiling: Ceiling, { highest, nowMs }: Look): Ceiling {
  if (ceiling.level === Infinity || nowMs - ceiling.calmSinceMs < ceiling.waitMs) return ceiling;
  const level = ceiling.level * RISE;
  // Long calm after an earlier rise: that one was right, and the caution is worn off.
  const proven = nowMs - ceiling.roseAtMs > BLAMED_ON_RISE_MS && ceiling.roseAtMs !== -Infinity;
  return {
    ...ceiling,
    level: level >= highest ? Infinity : level,
    calmSinceMs: nowMs,
    waitMs: proven ? Math.max(FIRST_WAIT_MS, ceiling.waitMs / 2) : ceiling.waitMs,
    roseAtMs: nowMs,
  };
}
