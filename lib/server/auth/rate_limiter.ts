/** Counting what one address or user does, in memory, in fixed windows of bounded number. */
import { RATE_LIMITS, type RateLimitName } from "../../shared/protocol/limits.ts";
import { AppError } from "../app_error.ts";

/** Windows kept per limit; the oldest goes first, so a flood of addresses cannot fill the memory. */
const MAX_WINDOWS = 10_000;

export interface RateLimiter {
  /** Counts one. @throws AppError TOO_MANY_REQUESTS when that is one too many */
  hit(name: RateLimitName, key: string | number): void;
  /** Seconds until the key may go on; 0 when it may now. Counts nothing. */
  waitSeconds(name: RateLimitName, key: string | number): number;
}

interface Window {
  endsAt: number;
  hits: number;
}

export interface RateLimiterOptions {
  /** Milliseconds since any fixed point. */
  clock?: () => number;
  /** Told once per window, when it is used up. */
  onReached?: (name: RateLimitName, key: string) => void;
}

export function createRateLimiter(options: RateLimiterOptions = {}): RateLimiter {
  const { clock = Date.now, onReached } = options;
  const windows = new Map<RateLimitName, Map<string, Window>>();

  function current(name: RateLimitName, key: string): Window | undefined {
    const window = windows.get(name)?.get(key);
    return window !== undefined && window.endsAt > clock() ? window : undefined;
  }

  function open(name: RateLimitName, key: string): Window {
    const window = { endsAt: clock() + RATE_LIMITS[name].windowSeconds * 1000, hits: 0 };
    const ofName = windows.get(name) ?? new Map<string, Window>();
    windows.set(name, ofName);
    // Deleting first keeps the map in the order of window starts, oldest first.
    ofName.delete(key);
    ofName.set(key, window);
    const [oldest] = ofName.keys();
    if (ofName.size > MAX_WINDOWS && oldest !== undefined) ofName.delete(oldest);
    return window;
  }

  function waitSeconds(name: RateLimitName, key: string | number): number {
    const window = current(name, String(key));
    if (window === undefined || window.hits < RATE_LIMITS[name].limit) return 0;
    return Math.max(1, Math.ceil((window.endsAt - clock()) / 1000));
  }

  return {
    waitSeconds,
    hit(name, rawKey) {
      const key = String(rawKey);
      const wait = waitSeconds(name, key);
      if (wait > 0) throw tooManyRequests(wait);
      const window = current(name, key) ?? open(name, key);
      window.hits++;
      if (window.hits === RATE_LIMITS[name].limit) onReached?.(name, key);
    },
  };
}

export function tooManyRequests(retryAfterSeconds: number): AppError {
  return new AppError("TOO_MANY_REQUESTS", { retry_after: retryAfterSeconds }, {
    retryAfterSeconds,
  });
}
