/**
 * Pictures that are there before the key they were sealed with: they wait for it a moment. Dropped,
 * the decoder could do nothing with the ones that follow either, and another whole picture would
 * have to be asked for and sent.
 */

/** Counted from the first one on; who has waited so long is dropped, and so are the next. */
export const EARLY_FRAMES_MS = 1_000;
/** Of one person at a time; more are dropped. */
export const MAX_EARLY_FRAMES = 64;

export interface Clock {
  nowMs(): number;
  setTimeout(callback: () => void, delayMs: number): void;
}

export class KeyWait {
  readonly #clock: Clock;
  #waiting: (() => void)[] = [];
  /** Null: nobody has waited since the last key came. */
  #untilMs: number | null = null;
  #closed = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Resolves when the key may be there, in the order of the calls; at once when it is too late. */
  async untilKey(): Promise<void> {
    if (this.#closed || this.#waiting.length >= MAX_EARLY_FRAMES) return;
    const nowMs = this.#clock.nowMs();
    if (this.#untilMs === null) {
      this.#untilMs = nowMs + EARLY_FRAMES_MS;
      this.#clock.setTimeout(() => this.#giveUp(), EARLY_FRAMES_MS);
    }
    if (nowMs >= this.#untilMs) return;
    await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /** A key has come: perhaps the one. */
  keyCame(): void {
    this.#untilMs = null;
    this.#release();
  }

  /** None will come any more. */
  close(): void {
    this.#closed = true;
    this.#release();
  }

  #giveUp(): void {
    // The timer may be of an earlier wait, which a key has ended.
    if (this.#untilMs !== null && this.#clock.nowMs() >= this.#untilMs) this.#release();
  }

  #release(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
