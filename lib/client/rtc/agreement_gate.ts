/**
 * What a link has to do with the agreement on keys: it begins once per connection, gets the steps
 * of this connection and no other, and is told whose certificates the connection stands on.
 */
import type { PairSignal } from "../../shared/protocol/signaling.ts";
import { EarlyPairSignals } from "./early_pair_signals.ts";
import { type Descriptions, fingerprintsOf, isSamePair } from "./fingerprint.ts";
import type { Fingerprints, PeerLinkEvents } from "./peer_link_ports.ts";

type AgreementEvents = Pick<
  PeerLinkEvents,
  "introduced" | "described" | "pairMessage" | "signal"
>;

export class AgreementGate {
  readonly #events: AgreementEvents;
  readonly #early = new EarlyPairSignals();
  /** Of the connection whose agreement has begun. */
  #link: string | null = null;
  /** What it was told to hold for. */
  #bound: Fingerprints | null = null;

  constructor(events: AgreementEvents) {
    this.#events = events;
  }

  /** Another connection is being made. */
  reset(): void {
    this.#link = null;
    this.#bound = null;
  }

  /** A first description has gone out or come in: first messages travel beside the descriptions. */
  introduce(link: string): void {
    if (this.#link === link) return;
    this.#link = link;
    this.#events.introduced();
    for (const message of this.#early.take(link)) this.#events.pairMessage(message);
  }

  /**
   * Both sides are described. Told once; another certificate later on would be somebody else at the
   * other end.
   *
   * @param answer on its way into the connection
   * @throws DOMException when there is not one certificate on each side, or another than before
   */
  identify({ localDescription, remoteDescription }: Descriptions, answer?: { sdp: string }): void {
    const found = fingerprintsOf({
      localDescription,
      remoteDescription: answer ?? remoteDescription,
    });
    if (this.#bound === null) this.#events.described(this.#bound = found);
    else if (!isSamePair(found, this.#bound)) {
      throw new DOMException("another certificate than before", "OperationError");
    }
  }

  /** Before the connection is introduced, what is said is of the one before, and meant for nobody. */
  say(message: PairSignal["message"]): void {
    if (this.#link !== null) this.#events.signal("e2ee", { link: this.#link, message });
  }

  take(signal: PairSignal): void {
    if (signal.link === this.#link) this.#events.pairMessage(signal.message);
    // Of a connection that was replaced, or of one whose offer is still on its way.
    else this.#early.keep(signal);
  }
}
