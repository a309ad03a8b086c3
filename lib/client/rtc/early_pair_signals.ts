/**
 * Steps of the key agreement for a connection that is not known yet: they travelled faster than its
 * offer. Few are needed, so only the latest few are kept.
 */
import type { PairSignal } from "../../shared/protocol/signaling.ts";

const MAX_KEPT = 16;

export class EarlyPairSignals {
  #signals: PairSignal[] = [];

  keep(signal: PairSignal): void {
    this.#signals = [...this.#signals, signal].slice(-MAX_KEPT);
  }

  /** Those of this connection, in order; the others were for one that never came. */
  take(link: string): PairSignal["message"][] {
    const found = this.#signals.filter((signal) => signal.link === link);
    this.#signals = [];
    return found.map(({ message }) => message);
  }
}
