/**
 * Boxes between two pages: sealed by the sender under the keys of the pair, opened by the receiver,
 * each pair's in the order in which they were given. Boxes can be lost: with the connection, or
 * because one side has new keys already.
 */
import { TokenBucket } from "../util/token_bucket.ts";
import { type Content, readContent } from "./content.ts";

/** The pair keys, wherever they live. Null: there are none, or the box is not for them. */
export interface Sealer {
  seal(peerId: number, text: string): Promise<string | null>;
  open(peerId: number, sealed: string): Promise<string | null>;
  /** Both sides have proven to hold the same keys. */
  ready(peerId: number): boolean;
}

/** Opening costs work: whoever sends more boxes than this is not listened to for a while. */
export const BOXES_PER_SECOND = { perSecond: 100, burst: 300 } as const;

export class SealedPost {
  readonly #sealer: Sealer;
  readonly #nowMs: () => number;
  /** Steps of each pair and direction, one after the other. */
  readonly #queues = new Map<string, Promise<void>>();
  readonly #gates = new Map<number, TokenBucket>();

  constructor(sealer: Sealer, nowMs: () => number) {
    this.#sealer = sealer;
    this.#nowMs = nowMs;
  }

  ready(peerId: number): boolean {
    return this.#sealer.ready(peerId);
  }

  send(peerId: number, content: Content, deliver: (box: string) => void): void {
    this.#enqueue(`to ${peerId}`, async () => {
      const box = await this.#sealer.seal(peerId, JSON.stringify(content));
      if (box !== null) deliver(box);
    });
  }

  receive(peerId: number, box: unknown, take: (content: Content) => void): void {
    if (typeof box !== "string" || !this.#gate(peerId).pass(this.#nowMs())) return;
    this.#enqueue(`from ${peerId}`, async () => {
      const text = await this.#sealer.open(peerId, box);
      const content = text === null ? null : readContent(text);
      if (content !== null) take(content);
    });
  }

  remove(peerId: number): void {
    this.#queues.delete(`to ${peerId}`);
    this.#queues.delete(`from ${peerId}`);
    this.#gates.delete(peerId);
  }

  #gate(peerId: number): TokenBucket {
    let gate = this.#gates.get(peerId);
    if (gate === undefined) {
      gate = new TokenBucket(BOXES_PER_SECOND, this.#nowMs());
      this.#gates.set(peerId, gate);
    }
    return gate;
  }

  #enqueue(name: string, step: () => Promise<void>): void {
    const before = this.#queues.get(name) ?? Promise.resolve();
    // A box that cannot be sealed or opened is a lost one; the next one has its own chance.
    this.#queues.set(name, before.then(step).catch(() => {}));
  }
}
