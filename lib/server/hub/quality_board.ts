/** The last quality report of each participant, as long as it is fresh. */
import type { QualitySnapshot } from "../hub_port.ts";

/** Reports come every ten seconds; after three missed ones nothing is known any more. */
const FRESH_MS = 35_000;
/** Beyond this many the oldest goes. */
const MAX_KEPT = 5_000;

export class QualityBoard {
  readonly #clock: () => number;
  /** Oldest report first. */
  readonly #last = new Map<number, QualitySnapshot>();

  constructor(clock: () => number) {
    this.#clock = clock;
  }

  keep(snapshot: QualitySnapshot): void {
    // Deleting first moves it to the end.
    this.#last.delete(snapshot.participant_id);
    this.#last.set(snapshot.participant_id, snapshot);
    const [oldest] = this.#last.keys();
    if (this.#last.size > MAX_KEPT && oldest !== undefined) this.#last.delete(oldest);
  }

  recent(): QualitySnapshot[] {
    const oldest = this.#clock() - FRESH_MS;
    for (const [id, { at }] of this.#last) {
      if (at > oldest) break;
      this.#last.delete(id);
    }
    return [...this.#last.values()];
  }
}
