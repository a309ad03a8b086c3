/** This person's own media key, ready to seal with, and the one that will take its place. */
import { frameKeyOf, MAX_STEP, newGeneration, ratchet, type SharedKey } from "./sender_key.ts";
import type { SFrameKey } from "./sframe.ts";

export interface OwnKey {
  readonly shared: SharedKey;
  readonly ready: SFrameKey;
  /** Of the next frame: never used twice with one key. */
  counter: bigint;
}

/** Its asynchronous methods are called one after the other. */
export class OwnKeys {
  #present: OwnKey | null = null;
  /** The next generation, on its way to the others. */
  #next: OwnKey | null = null;

  get present(): OwnKey | null {
    return this.#present;
  }

  get next(): SharedKey | null {
    return this.#next?.shared ?? null;
  }

  async begin(): Promise<void> {
    this.#present = await prepare(newGeneration(0));
  }

  /** For everybody: newcomers get the result, the others derive it. Null: there is none. */
  async stepAhead(): Promise<SharedKey | null> {
    const from = this.#present;
    if (from === null || from.shared.step === MAX_STEP) return null;
    const ahead = await prepare(await ratchet(from.shared));
    // A new generation has taken over meanwhile: nothing brings the old one back.
    if (this.#present !== from) return null;
    this.#present = ahead;
    return ahead.shared;
  }

  /** A key that owes nothing to the one before; `switchTo` puts it to use. */
  async replace(): Promise<SharedKey> {
    const latest = this.#next ?? this.#present;
    const next = await prepare(newGeneration((latest?.shared.generation ?? -1) + 1));
    this.#next = next;
    return next.shared;
  }

  /** Nothing happens unless it is the next one. */
  switchTo(next: SharedKey): void {
    if (this.#next?.shared !== next) return;
    this.#present = this.#next;
    this.#next = null;
  }
}

async function prepare(shared: SharedKey): Promise<OwnKey> {
  return { shared, ready: await frameKeyOf(shared), counter: 0n };
}
