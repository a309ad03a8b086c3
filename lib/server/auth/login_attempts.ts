/** Brute force at the door: a few attempts per minute and address, then waits that double. */
import { RATE_LIMITS } from "../../shared/protocol/limits.ts";
import { tooManyRequests } from "./rate_limiter.ts";

const { limit: ATTEMPTS, windowSeconds: WINDOW_SECONDS } = RATE_LIMITS.login_failures;
const MAX_BLOCK_SECONDS = 15 * 60;
/** After this much quiet an address starts anew. */
const FORGET_SECONDS = 60 * 60;
const MAX_ADDRESSES = 10_000;

interface Attempts {
  /** In the running window. */
  count: number;
  windowEndsAt: number;
  blockedUntil: number;
  /** How often blocked so far; each block is twice as long as the one before. */
  blocks: number;
}

export class LoginAttempts {
  readonly #clock: () => number;
  readonly #byAddress = new Map<string, Attempts>();

  constructor(clock: () => number) {
    this.#clock = clock;
  }

  /**
   * Counts an attempt before it is judged: many at once must not slip through while the first is
   * still being hashed.
   * @throws AppError TOO_MANY_REQUESTS
   */
  begin(address: string): void {
    const now = this.#clock();
    const attempts = this.#attemptsOf(address, now);
    if (attempts.blockedUntil > now) {
      throw tooManyRequests(Math.ceil((attempts.blockedUntil - now) / 1000));
    }
    if (attempts.windowEndsAt <= now) {
      attempts.count = 0;
      attempts.windowEndsAt = now + WINDOW_SECONDS * 1000;
    }
    attempts.count++;
    if (attempts.count < ATTEMPTS) return;
    const seconds = Math.min(WINDOW_SECONDS * 2 ** attempts.blocks, MAX_BLOCK_SECONDS);
    attempts.blocks++;
    attempts.count = 0;
    attempts.blockedUntil = now + seconds * 1000;
  }

  /** The password was right. */
  succeeded(address: string): void {
    this.#byAddress.delete(address);
  }

  #attemptsOf(address: string, now: number): Attempts {
    const known = this.#byAddress.get(address);
    const quietSince = Math.max(known?.windowEndsAt ?? 0, known?.blockedUntil ?? 0);
    if (known !== undefined && quietSince + FORGET_SECONDS * 1000 > now) return known;
    const fresh = { count: 0, windowEndsAt: 0, blockedUntil: 0, blocks: 0 };
    this.#byAddress.delete(address);
    this.#byAddress.set(address, fresh);
    const [oldest] = this.#byAddress.keys();
    if (this.#byAddress.size > MAX_ADDRESSES && oldest !== undefined) {
      this.#byAddress.delete(oldest);
    }
    return fresh;
  }
}
