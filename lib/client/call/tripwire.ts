/**
 * Compares what the browser sent and received with what the encryption worker saw: a browser that
 * ignores a transform lets frames pass in clear, without an error.
 */
import type { FrameCount, TransformOptions } from "../e2ee/e2ee_messages.ts";

/** How often is looked; the worker counts twice as often. */
const LOOK_EVERY_MS = 1_000;
/** Once frames were seen on a line, its statistics are asked for only every so many looks. */
const PROVEN_EVERY_LOOKS = 5;
/** The worker's count may be a moment old, so only a second look in a row cries out. */
const BYPASSED_LOOKS = 2;
/** A key that is late is no alarm; frames that come for so many looks and never open are. */
const UNREADABLE_LOOKS = 5;

/** `bypassed`: frames go past the worker. `unreadable`: they come, and no key opens them. */
export type Alarm = "bypassed" | "unreadable";

export interface TripwirePorts {
  seen(options: TransformOptions): FrameCount;
  /** There are keys for what this person sends. */
  agreed(peerId: number): boolean;
  alarm(peerId: number, alarm: Alarm): void;
}

interface Watched {
  options: TransformOptions;
  /** As the worker counted at the last look. */
  seen: FrameCount;
  /** As the browser counted when it was last asked, and the worker at that time. */
  carried: number;
  seenThen: number;
  bypassedLooks: number;
  unreadableLooks: number;
}

export class Tripwire {
  readonly #ports: TripwirePorts;
  readonly #watched = new Map<RTCRtpSender | RTCRtpReceiver, Watched>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #looks = 0;

  constructor(ports: TripwirePorts) {
    this.#ports = ports;
  }

  start(): void {
    this.#timer = setTimeout(() => void this.#look(), LOOK_EVERY_MS);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#watched.clear();
  }

  /** From the moment on that its transform is set. */
  watch(target: RTCRtpSender | RTCRtpReceiver, options: TransformOptions): void {
    this.#watched.set(target, {
      options,
      seen: { frames: 0, passed: 0 },
      carried: 0,
      seenThen: 0,
      bypassedLooks: 0,
      unreadableLooks: 0,
    });
  }

  /** A connection to somebody is closed. */
  forget(peerId: number): void {
    for (const [target, { options }] of this.#watched) {
      if (options.peerId === peerId) this.#watched.delete(target);
    }
  }

  /** What is to be silenced. */
  *senders(peerId: number): Iterable<RTCRtpSender> {
    for (const [target, { options }] of this.#watched) {
      if (options.peerId === peerId && options.side === "send") yield target as RTCRtpSender;
    }
  }

  async #look(): Promise<void> {
    this.#looks++;
    const alarms = new Map<number, Alarm>();
    for (const [target, watched] of [...this.#watched]) {
      const alarm = await this.#judge(target, watched);
      if (alarm !== null) alarms.set(watched.options.peerId, alarm);
    }
    for (const [peerId, alarm] of alarms) this.#ports.alarm(peerId, alarm);
    if (this.#timer !== undefined) this.start();
  }

  async #judge(target: RTCRtpSender | RTCRtpReceiver, watched: Watched): Promise<Alarm | null> {
    const seen = this.#ports.seen(watched.options);
    if (this.#isUnreadable(watched, seen)) return "unreadable";
    const proven = seen.frames > 0;
    if (proven && this.#looks % PROVEN_EVERY_LOOKS !== 0) return null;
    const carried = nothingComes(target, watched) ? watched.carried : await framesCarried(target);
    const bypassed = carried > watched.carried && seen.frames === watched.seenThen;
    watched.carried = carried;
    watched.seenThen = seen.frames;
    watched.bypassedLooks = bypassed ? watched.bypassedLooks + 1 : 0;
    return watched.bypassedLooks >= BYPASSED_LOOKS ? "bypassed" : null;
  }

  #isUnreadable(watched: Watched, seen: FrameCount): boolean {
    const { options: { side, peerId }, seen: before } = watched;
    const came = seen.frames > before.frames && this.#ports.agreed(peerId);
    const unread = side === "receive" && came && seen.passed === before.passed;
    watched.seen = seen;
    watched.unreadableLooks = unread ? watched.unreadableLooks + 1 : 0;
    return watched.unreadableLooks >= UNREADABLE_LOOKS;
  }
}

/**
 * On most lines nothing ever comes, and browsers say so of the track; counting it would cost them as
 * much as counting something.
 */
function nothingComes({ track }: RTCRtpSender | RTCRtpReceiver, { options }: Watched): boolean {
  return options.side === "receive" && track?.muted === true;
}

/** Video frames, or audio packets: Opus puts one frame into each. */
async function framesCarried(target: RTCRtpSender | RTCRtpReceiver): Promise<number> {
  let count = 0;
  if (target.track === null || target.transport?.state !== "connected") return count;
  for (const report of (await target.getStats()).values()) {
    if (report.type === "outbound-rtp") count += report.framesSent ?? report.packetsSent ?? 0;
    if (report.type === "inbound-rtp") {
      count += report.framesReceived ?? report.packetsReceived ?? 0;
    }
  }
  return count;
}
