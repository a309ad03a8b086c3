/**
 * The one place that changes how senders encode. Browsers allow one change at a time and only with
 * parameters that were just read; what was wanted last wins.
 */

export interface Encoding {
  readonly active: boolean;
  readonly maxBitrate?: number;
  readonly maxFramerate?: number;
  readonly scaleResolutionDownBy?: number;
}

/** Scales are fractions that come back rounded. */
const TOLERANCE = 0.01;

export class SenderTuner {
  readonly #wanted = new Map<RTCRtpSender, Encoding>();
  readonly #busy = new Set<RTCRtpSender>();
  /** What each sender does, as far as it was set here: to ask it makes the page wait for others. */
  readonly #done = new WeakMap<RTCRtpSender, Encoding>();

  /** Never throws: a link that is replaced meanwhile refuses, and its successor is set anew. */
  set(sender: RTCRtpSender, encoding: Encoding): void {
    const done = this.#busy.has(sender) ? undefined : this.#done.get(sender);
    if (done !== undefined && sameWish(done, encoding)) return;
    this.#wanted.set(sender, encoding);
    if (!this.#busy.has(sender)) void this.#run(sender);
  }

  async #run(sender: RTCRtpSender): Promise<void> {
    this.#busy.add(sender);
    try {
      for (let next = this.#take(sender); next !== undefined; next = this.#take(sender)) {
        const present = sender.getParameters();
        const parameters = changed(present, next);
        if (parameters !== null) await sender.setParameters(parameters);
        // Nothing negotiated yet: nothing was set.
        if (present.encodings?.[0] !== undefined) this.#done.set(sender, next);
      }
    } catch {
      // Refused when the link is closed or replaced meanwhile: its successor has wishes of its own.
      this.#wanted.delete(sender);
      this.#done.delete(sender);
    } finally {
      this.#busy.delete(sender);
    }
  }

  #take(sender: RTCRtpSender): Encoding | undefined {
    const encoding = this.#wanted.get(sender);
    this.#wanted.delete(sender);
    return encoding;
  }
}

/** Null: nothing to change, or nothing negotiated yet. */
function changed(parameters: RTCRtpSendParameters, wanted: Encoding): RTCRtpSendParameters | null {
  const first = parameters.encodings?.[0];
  if (first === undefined) return null;
  const next: RTCRtpEncodingParameters = { ...first, active: wanted.active };
  // What is switched off keeps its other values: switching it on again needs no new ones.
  if (wanted.active) {
    if (wanted.maxBitrate !== undefined) next.maxBitrate = wanted.maxBitrate;
    if (wanted.maxFramerate !== undefined) next.maxFramerate = wanted.maxFramerate;
    if (wanted.scaleResolutionDownBy !== undefined) {
      next.scaleResolutionDownBy = wanted.scaleResolutionDownBy;
    }
  }
  if (same(first, next)) return null;
  parameters.encodings[0] = next;
  return parameters;
}

/** What is switched off is off, whatever else was said of it. */
function sameWish(one: Encoding, other: Encoding): boolean {
  return one.active ? same(one, other) : !other.active;
}

function same(one: RTCRtpEncodingParameters, other: RTCRtpEncodingParameters): boolean {
  const near = (a = 0, b = 0) => Math.abs(a - b) < TOLERANCE;
  return one.active === other.active && one.maxBitrate === other.maxBitrate &&
    near(one.maxFramerate, other.maxFramerate) &&
    near(one.scaleResolutionDownBy, other.scaleResolutionDownBy);
}
