/**
 * Who was not let in a moment ago: somebody sent away could otherwise knock without end. Kept in
 * memory only, since it matters for seconds.
 */
import { DENIED_WAIT_SECONDS } from "../../shared/protocol/limits.ts";
import { AppError } from "../app_error.ts";

/** Held on to like a ban: the account, and the browser whoever uses it. */
export interface Knocker {
  room_id: number;
  user_id: number;
  browser_id: string | null;
}

/** More than one server denies in so short a time. */
const MAX_DENIALS = 10_000;

export class Denials {
  readonly #clock: () => number;
  /** When each may knock again, in milliseconds; in the order of being denied. */
  readonly #until = new Map<string, number>();

  constructor(clock: () => number) {
    this.#clock = clock;
  }

  add(knocker: Knocker): void {
    this.#forgetOld();
    for (const key of keysOf(knocker)) {
      this.#until.delete(key);
      this.#until.set(key, this.#clock() + DENIED_WAIT_SECONDS * 1000);
    }
  }

  /** @throws AppError DENIED */
  assertMayKnock(knocker: Knocker): void {
    const until = Math.max(0, ...keysOf(knocker).map((key) => this.#until.get(key) ?? 0));
    const retryAfterSeconds = Math.ceil((until - this.#clock()) / 1000);
    if (retryAfterSeconds <= 0) return;
    throw new AppError("DENIED", { retry_after: retryAfterSeconds }, { retryAfterSeconds });
  }

  #forgetOld(): void {
    for (const [key, until] of this.#until) {
      if (until > this.#clock() && this.#until.size < MAX_DENIALS) return;
      this.#until.delete(key);
    }
  }
}

function keysOf({ room_id, user_id, browser_id }: Knocker): string[] {
  const account = `${room_id} user ${user_id}`;
  return browser_id === null ? [account] : [account, `${room_id} browser ${browser_id}`];
}
