/** Reads everybody's level some ten times a second and tells who speaks. */
import { type ReadonlySignal, signal } from "@preact/signals";
import { ActiveSpeaker } from "./active_speaker.ts";

const LEVEL_PERIOD_MS = 100;

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
  start(everyone: () => readonly Audible[]): () => void {
    const timer = setInterval(() => this.#look(everyone()), LEVEL_PERIOD_MS);
    return () => clearInterval(timer);
  }

  #look(everyone: readonly Audible[]): void {
    for (const each of everyone) each.readLevel();
    const levels = everyone.map(({ id, level }) => [id, level.peek()] as const);
    this.#current.value = this.#speaker.update(levels, performance.now());
  }
}
