/** What a stretch of the network does to the packets on it. */

/** Everything off by default. */
export interface Weather {
  delayMs?: number;
  /** On top of the delay, anything up to this; the order is kept, as on most real paths. */
  jitterMs?: number;
  /** Share of packets that vanish, each by its own dice: 0 to 1. */
  loss?: number;
  bitsPerSecond?: number;
  /** How much may queue in front of the narrow place, as time; more is dropped. */
  queueMs?: number;
  /** Nothing comes through. */
  cut?: boolean;
}

const DEFAULT_QUEUE_MS = 300;

/** One direction of one line. */
export class Stretch {
  weather: Weather = {};
  readonly #random: () => number;
  /** When the narrow place has sent all that waits. */
  #freeAtMs = 0;
  #lastOutMs = 0;

  constructor(random: () => number) {
    this.#random = random;
  }

  /** When a packet that enters now comes out; null: never. */
  pass(nowMs: number, octets: number): number | null {
    const { delayMs = 0, jitterMs = 0, loss = 0, bitsPerSecond, cut } = this.weather;
    if (cut === true || this.#random() < loss) return null;
    let atMs = nowMs;
    if (bitsPerSecond !== undefined) {
      const startMs = Math.max(nowMs, this.#freeAtMs);
      if (startMs - nowMs > (this.weather.queueMs ?? DEFAULT_QUEUE_MS)) return null;
      atMs = this.#freeAtMs = startMs + octets * 8 * 1_000 / bitsPerSecond;
    }
    this.#lastOutMs = Math.max(this.#lastOutMs, atMs + delayMs + jitterMs * this.#random());
    return this.#lastOutMs;
  }
}
