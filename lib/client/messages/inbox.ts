/** What one sender has sent: each letter once, in order, and not too many. */
import { TokenBucket } from "../util/token_bucket.ts";
import type { Data } from "./content.ts";
import { MAX_KEPT_LETTERS } from "./outbox.ts";

/**
 * Letters of one sender that are listened to. All that an honest sender may have kept while the
 * connection was away comes at once.
 */
export const LETTERS_PER_SENDER = { perSecond: 2, burst: MAX_KEPT_LETTERS + 20 } as const;

export type Verdict = "deliver" | "too_many" | "known" | "early";

export class Inbox {
  readonly #rate: TokenBucket;
  #stream = "";
  #next = 1;

  constructor(nowMs: number) {
    this.#rate = new TokenBucket(LETTERS_PER_SENDER, nowMs);
  }

  /** Up to here everything has arrived. */
  get acknowledged(): { stream: string; seq: number } {
    return { stream: this.#stream, seq: this.#next - 1 };
  }

  take({ stream, seq, base }: Data, nowMs: number): Verdict {
    if (stream !== this.#stream) {
      this.#stream = stream;
      this.#next = base;
    }
    // The sender has given up what came before: no use waiting for it.
    this.#next = Math.max(this.#next, base);
    if (seq < this.#next) return "known";
    // One was lost on the way; the sender says it again, and all that follow.
    if (seq > this.#next) return "early";
    this.#next++;
    return this.#rate.pass(nowMs) ? "deliver" : "too_many";
  }
}
