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

  /**
   * Those of this connection, in order. The others stay: who was away for a while gets the offers of
   * several connections at once, and the steps of the last one while the first is being applied.
   */
  take(link: string): PairSignal["message"][] {
    const found = this.#signals.filter((signal) => signal.link === link);
    this.#signals = this.#signals.filter((signal) => signal.link !== link);
    return found.map(({ message }) => message);
  }
}
