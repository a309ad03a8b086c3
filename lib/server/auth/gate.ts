/** Lets a few jobs run at once and a bounded number wait; the rest are sent away. */
import { AppError } from "../app_error.ts";

export class Gate {
  readonly #atOnce: number;
  readonly #maxWaiting: number;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(atOnce: number, maxWaiting: number) {
    this.#atOnce = atOnce;
    this.#maxWaiting = maxWaiting;
  }

  /** @throws AppError UNAVAILABLE when too many wait already */
  async pass<T>(job: () => Promise<T>): Promise<T> {
    if (this.#running < this.#atOnce) {
      this.#running++;
    } else {
      if (this.#waiting.length >= this.#maxWaiting) {
        throw new AppError("UNAVAILABLE", {}, { retryAfterSeconds: 1 });
      }
      // The one who leaves hands over its place, so `#running` stays as it is.
      await new Promise<void>((admit) => this.#waiting.push(admit));
    }
    try {
      return await job();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#running--;
      else next();
    }
  }
}
