/**
 * Which counters of one key were seen (RFC 9605, section 9.3): each frame is accepted once, and
 * none that is older than the window. Frames overtake each other on the way, so order is no rule.
 */

/** Frames of all of a sender's tracks share one counter: at 100 frames a second this is ten seconds. */
export const REPLAY_WINDOW = 1_024n;

export class ReplayWindow {
  #highest = -1n;
  readonly #seen = new Set<bigint>();

  /** Whether a frame with this counter may still be accepted; changes nothing. */
  allows(ctr: bigint): boolean {
    return ctr > this.#highest - REPLAY_WINDOW && !this.#seen.has(ctr);
  }

  /** To be called after the frame was authenticated, or forged counters would push the window on. */
  accept(ctr: bigint): void {
    this.#seen.add(ctr);
    if (ctr <= this.#highest) return;
    this.#highest = ctr;
    // The set holds at most a window's worth plus what came since the last sweep.
    if (BigInt(this.#seen.size) < 2n * REPLAY_WINDOW) return;
    for (const old of this.#seen) if (old <= ctr - REPLAY_WINDOW) this.#seen.delete(old);
  }
}
