/**
 * The keys of one other person. A key id names generation and step: a step ahead is derived, an old
 * generation is kept for a moment for the frames that are still on their way.
 */
import { type Clock, KeyWait } from "./key_wait.ts";
import { ReplayWindow } from "./replay_window.ts";
import { frameKeyOf, MAX_STEP, ratchet, readKid, type SharedKey } from "./sender_key.ts";
import type { SFrameKey } from "./sframe.ts";

/** Frames of the generation before may come this long after the new one was first used. */
export const OLD_GENERATION_MS = 2_000;

export interface ReceivedKey {
  key: SFrameKey;
  window: ReplayWindow;
}

export class ReceivedKeys {
  /** The latest known step of each generation. */
  readonly #shared = new Map<number, SharedKey>();
  readonly #ready = new Map<bigint, Promise<ReceivedKey>>();
  /** The newest that was sent; frames of it may not have come. */
  #newest = -1;
  #generation = -1;
  #previousUntilMs = 0;
  readonly #wait: KeyWait;

  constructor(clock: Clock) {
    this.#wait = new KeyWait(clock);
  }

  /** A key that its owner has sent. Older ones than known are ignored. */
  add(shared: SharedKey): void {
    const known = this.#shared.get(shared.generation);
    if (known !== undefined && known.step >= shared.step) return;
    if (shared.generation < this.#generation - 1) return;
    this.#shared.set(shared.generation, shared);
    this.#newest = Math.max(this.#newest, shared.generation);
    this.#wait.keyCame();
  }

  /** The connection is over, or its agreement: no key will come. */
  close(): void {
    this.#wait.close();
  }

  /** For pictures: resolves when the key is there, if it may be on its way, or a moment later. */
  async expect(kid: bigint): Promise<void> {
    if (readKid(kid).generation > this.#newest) await this.#wait.untilKey();
  }

  /** The key for a frame; null when it is unknown, too old, or too far ahead. */
  async find(kid: bigint, nowMs: number): Promise<ReceivedKey | null> {
    const { generation } = readKid(kid);
    if (generation < this.#generation && !this.#mayBeLate(generation, nowMs)) return null;
    const ready = this.#ready.get(kid) ?? this.#prepare(kid);
    return ready === null ? null : await ready;
  }

  /** A frame of this key was authentic: the generation before ends soon. */
  used(kid: bigint, nowMs: number): void {
    const { generation } = readKid(kid);
    if (generation <= this.#generation) return;
    const old = this.#generation;
    this.#generation = generation;
    this.#previousUntilMs = nowMs + OLD_GENERATION_MS;
    for (const known of this.#shared.keys()) if (known < old) this.#shared.delete(known);
    for (const known of this.#ready.keys()) {
      if (readKid(known).generation < old) this.#ready.delete(known);
    }
  }

  #mayBeLate(generation: number, nowMs: number): boolean {
    return generation === this.#generation - 1 && nowMs < this.#previousUntilMs;
  }

  #prepare(kid: bigint): Promise<ReceivedKey> | null {
    const { generation, step } = readKid(kid);
    const known = this.#shared.get(generation);
    if (known === undefined || known.step > step || step > MAX_STEP) return null;
    const ready = this.#derive(known, step);
    this.#ready.set(kid, ready);
    return ready;
  }

  async #derive(from: SharedKey, step: number): Promise<ReceivedKey> {
    let shared = from;
    while (shared.step < step) shared = await ratchet(shared);
    return { key: await frameKeyOf(shared), window: new ReplayWindow() };
  }
}
