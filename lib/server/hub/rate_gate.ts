/** Token bucket for one socket: bursts pass, floods do not. */
export class RateGate {
  #tokens: number;
  #lastMs: number;

  constructor(
    private readonly perSecond: number,
    private readonly burst: number,
    nowMs: number,
  ) {
    this.#tokens = burst;
    this.#lastMs = nowMs;
  }

  /** Takes one token; false when there is none. */
  pass(nowMs: number): boolean {
    const refill = Math.max(0, nowMs - this.#lastMs) / 1000 * this.perSecond;
    this.#tokens = Math.min(this.burst, this.#tokens + refill);
    this.#lastMs = nowMs;
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}
