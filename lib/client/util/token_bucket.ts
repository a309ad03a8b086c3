/** Bursts pass, floods do not. */
export class TokenBucket {
  readonly #perSecond: number;
  readonly #burst: number;
  #tokens: number;
  #lastMs: number;

  constructor({ perSecond, burst }: { perSecond: number; burst: number }, nowMs: number) {
    this.#perSecond = perSecond;
    this.#burst = burst;
    this.#tokens = burst;
    this.#lastMs = nowMs;
  }

  /** Takes one token; false when there is none. */
  pass(nowMs: number): boolean {
    const refill = Math.max(0, nowMs - this.#lastMs) / 1_000 * this.#perSecond;
    this.#tokens = Math.min(this.#burst, this.#tokens + refill);
    this.#lastMs = nowMs;
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}
