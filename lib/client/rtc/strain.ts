/**
 * How far this page is behind with its work. On a machine that has too much to do everything takes
 * longer without being broken, and mending it would be even more to do: a room of six once made
 * every connection two or three times over on two busy cores.
 */

/** Timers are never exact. */
const TOLERATED_MS = 100;
/** Late by this much the page was asleep, and not busy. */
const ASLEEP_MS = 5_000;
const MAX_STRAIN = 4;
/** Of the strain, from one tick to the next: the work comes in bursts. */
const RELIEF = 0.95;

export class Strain {
  #tickedAtMs: number;
  #excess = 0;

  constructor(nowMs: number) {
    this.#tickedAtMs = nowMs;
  }

  /** How many times longer than usual things may take; 1 on a page that keeps up. */
  get factor(): number {
    return 1 + this.#excess;
  }

  /** @param periodMs after which it should have come */
  tick(nowMs: number, periodMs: number): void {
    const lateMs = nowMs - this.#tickedAtMs - periodMs;
    this.#tickedAtMs = nowMs;
    const isBusy = lateMs > TOLERATED_MS && lateMs < ASLEEP_MS;
    const excess = isBusy ? Math.min(MAX_STRAIN - 1, lateMs / periodMs) : 0;
    this.#excess = Math.max(excess, this.#excess * RELIEF);
  }
}
