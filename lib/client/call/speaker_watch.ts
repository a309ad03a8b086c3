/** Reads everybody's level some times a second and tells who speaks. */
import { computed, type ReadonlySignal, signal } from "@preact/signals";
import type { LocalMedia } from "../media/local_media.ts";
import { ActiveSpeaker, SPEECH_LEVEL } from "./active_speaker.ts";

const LEVEL_PERIOD_MS = 200;
/** While a room fills, the page has better things to do. */
const BEGIN_AFTER_MS = 3_000;

/** Somebody whose level can be read; the signal keeps what was read last. */
export interface Audible {
  readonly id: number;
  readonly level: ReadonlySignal<number>;
  /** Reads anew. */
  readLevel(): void;
}

export class SpeakerWatch {
  readonly #speaker = new ActiveSpeaker();
  readonly #current = signal<number | null>(null);
  /** participant_id; null when all are silent. */
  readonly current: ReadonlySignal<number | null> = this.#current;

  /** @returns what ends the watch */
  start(
    selfId: number,
    level: ReadonlySignal<number>,
    others: () => readonly Audible[],
  ): () => void {
    const self = { id: selfId, level, readLevel: () => {} };
    const beginsAtMs = performance.now() + BEGIN_AFTER_MS;
    const timer = setInterval(() => {
      if (performance.now() >= beginsAtMs) this.#look([...others(), self]);
    }, LEVEL_PERIOD_MS);
    return () => clearInterval(timer);
  }

  #look(everyone: readonly Audible[]): void {
    for (const each of everyone) each.readLevel();
    const levels = everyone.map(({ id, level }) => [id, level.peek()] as const);
    this.#current.value = this.#speaker.update(levels, performance.now());
  }
}

export function speaksWhileMuted(
  { microphoneOn, rawLevel }: Pick<LocalMedia, "microphoneOn" | "rawLevel">,
): ReadonlySignal<boolean> {
  return computed(() => !microphoneOn.value && rawLevel.value > SPEECH_LEVEL);
}
