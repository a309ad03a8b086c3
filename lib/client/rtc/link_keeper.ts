/**
 * Keeps one link alive. Browsers take 5 to 8 s to notice a dead path and never repair `failed` by
 * themselves; a beat over the data channel shows silence within one second, and restarting ICE
 * while the old path may still work costs nothing.
 *
 * Only the impolite side restarts. Were both to offer, the polite one would roll its offer back, and
 * after a rollback Chromium passes received video by the decryption for good (seen in 156). What the
 * polite side alone notices it says with its beats.
 */
import { type ChannelMessage, sendOver } from "./link_channel.ts";
import type { PeerLink } from "./peer_link.ts";

/** How often beats are sent; hidden pages get no faster timers than this. */
export const BEAT_MS = 250;
export const HIDDEN_BEAT_MS = 1_000;
/** Silence that counts as trouble: this many of the other side's beats, and at least one second. */
const SILENT_BEATS = 3.5;
const MIN_SILENCE_MS = 1_000;
/** Pause between two attempts to restart ICE. */
const RESTART_EVERY_MS = 2_000;
/** The polite side waits this long, so that the two do not build new connections at once. */
const POLITE_WAIT_MS = 1_000;
/** Beats of before the trouble may still come in after it: who does not hear says so for this long. */
const DEAF_MS = 1_000;
/** A first connection slower than this is looked after. */
const CONNECT_TIMEOUT_MS = 4_000;
/** Who closed a connection and stays in the room is loading the page again, and offers a new one. */
const CLOSED_WAIT_MS = 3_000;
/** Trouble that restarts did not cure for this long: a new connection. */
const REBUILD_AFTER_MS = 10_000;

export interface LinkKeeperOptions {
  link: Pick<
    PeerLink,
    "phase" | "restartIce" | "offer" | "idle" | "kind" | "unanswered" | "connection"
  >;
  polite: boolean;
  nowMs: number;
  /** Signaling reaches the other side right now. */
  canSignal(): boolean;
  /** This page's own beat period. */
  beatMs(): number;
  /** How many times longer than usual things may take on this page. */
  strain(): number;
  /** Nothing was heard for too long, or something is heard again. */
  silent(silent: boolean): void;
}

interface Beat extends ChannelMessage {
  type: "beat";
  /** Milliseconds until the next one. */
  every: number;
  /** Nothing of the other side is heard here. */
  deaf?: boolean;
}

export class LinkKeeper {
  readonly #options: LinkKeeperOptions;
  #channel: RTCDataChannel | null = null;
  #heardAtMs = 0;
  #beatAtMs = 0;
  #peerBeatMs = BEAT_MS;
  #silent = false;
  /** Since when the other side says that it hears nothing; null while it hears. */
  #deafSinceMs: number | null = null;
  /** Since when the link is not what it should be; null while all is well. */
  #troubleSinceMs: number | null;
  #connection: RTCPeerConnection | null = null;
  /** When the present connection was made. */
  #rebuiltAtMs = 0;
  #triedAtMs = -RESTART_EVERY_MS;
  #pausedUntilMs = 0;

  constructor(options: LinkKeeperOptions) {
    this.#options = options;
    this.#troubleSinceMs = options.nowMs;
    this.#rebuiltAtMs = options.nowMs;
  }

  /** Nothing is heard here of the other side, or there of this one. */
  get isCut(): boolean {
    return this.#silent || this.#deafSinceMs !== null;
  }

  /** A data channel of the link has opened. */
  adopt(channel: RTCDataChannel, nowMs: number): void {
    this.#channel = channel;
    this.#peerBeatMs = BEAT_MS;
    this.#deafSinceMs = null;
    this.heard(null, nowMs);
    this.#beat(nowMs);
  }

  /** A message came in over the data channel. */
  heard(beat: Beat | null, nowMs: number): void {
    this.#heardAtMs = nowMs;
    if (beat !== null) {
      this.#peerBeatMs = Math.max(BEAT_MS, beat.every);
      this.#deafSinceMs = beat.deaf ? this.#deafSinceMs ?? nowMs : null;
    }
    if (!this.#silent) return;
    this.#silent = false;
    this.#options.silent(false);
  }

  /** Repairs nothing before that. */
  pause(untilMs: number): void {
    this.#pausedUntilMs = untilMs;
  }

  /** Called every {@link BEAT_MS}. */
  tick(nowMs: number): void {
    if (nowMs - this.#beatAtMs >= this.#options.beatMs() - BEAT_MS / 2) this.#beat(nowMs);
    this.#listen(nowMs);
    this.#repair(nowMs);
  }

  /** The network changed, or the page woke up: look for a better path now. */
  wake(): void {
    const { link, canSignal, polite } = this.#options;
    // To PeerJS a second offer is a second call.
    if (link.kind === "peerjs" || polite) return;
    if (canSignal() && link.phase !== "connecting") link.restartIce();
  }

  /** The other side can be reached again, perhaps; what was tried before may be lost. */
  nudge(): void {
    this.#triedAtMs = -RESTART_EVERY_MS;
  }

  #beat(nowMs: number): void {
    const deaf = this.#silent ? { deaf: true } : {};
    const every = Math.round(this.#options.beatMs() * this.#options.strain());
    const beat: Beat = { type: "beat", every, ...deaf };
    if (sendOver(this.#channel, beat)) this.#beatAtMs = nowMs;
  }

  #listen(nowMs: number): void {
    if (this.#silent || this.#channel === null) return;
    const limitMs = Math.max(MIN_SILENCE_MS, SILENT_BEATS * this.#peerBeatMs);
    if (!this.#isOver() && nowMs - this.#heardAtMs < limitMs * this.#options.strain()) return;
    this.#silent = true;
    this.#options.silent(true);
  }

  #repair(nowMs: number): void {
    const { link, polite, canSignal } = this.#options;
    const isDeaf = this.#deafSinceMs !== null && nowMs - this.#deafSinceMs >= DEAF_MS;
    if (link.phase === "connected" && !this.#silent && !isDeaf) {
      this.#troubleSinceMs = null;
      return this.#remind(nowMs);
    }
    this.#troubleSinceMs ??= nowMs;
    if (link.connection !== this.#connection) {
      this.#rebuiltAtMs = nowMs;
      // One that was made over there needs its time, too.
      if (link.connection !== null) this.#triedAtMs = nowMs;
    }
    this.#connection = link.connection;
    if (nowMs < this.#pausedUntilMs) return;
    // A raw client can be offered a connection once; it knows nothing of repairs.
    if (!canSignal() || link.kind === "raw") return;
    // A PeerJS client may let it ring: only a call that was lost is made again, and as a new one.
    const isCall = link.kind === "peerjs";
    if (isCall && (link.idle || link.unanswered)) return;
    const patience = polite ? POLITE_WAIT_MS : 0;
    const strain = this.#options.strain();
    const troubleMs = (nowMs - this.#troubleSinceMs) / strain - patience;
    const over = this.#isOver();
    const due = over ? CLOSED_WAIT_MS : link.phase === "connecting" ? CONNECT_TIMEOUT_MS : 0;
    if (troubleMs < due || nowMs - this.#triedAtMs < RESTART_EVERY_MS * strain) return;
    this.#triedAtMs = nowMs;
    const rebuiltMs = (nowMs - this.#rebuiltAtMs) / strain;
    const hopeless = over || (troubleMs > REBUILD_AFTER_MS && rebuiltMs > REBUILD_AFTER_MS);
    if (isCall && !hopeless) return;
    // The first offer of a connection is said again by whoever made it.
    if (!link.idle && !hopeless) return polite && !link.unanswered ? undefined : link.restartIce();
    this.#rebuiltAtMs = nowMs;
    link.offer();
  }

  /**
   * The old path came back before the new one was agreed on, and the offer got lost meanwhile. Left
   * like that, the next trouble would begin with an offer of long ago.
   */
  #remind(nowMs: number): void {
    const { link, polite, canSignal } = this.#options;
    if (link.connection?.signalingState !== "have-local-offer") return;
    if (polite || link.kind !== "mesh" || !canSignal()) return;
    if (nowMs - this.#triedAtMs < RESTART_EVERY_MS) return;
    this.#triedAtMs = nowMs;
    link.restartIce();
  }

  /** One side closed the connection: restarting ICE does not open it again. */
  #isOver(): boolean {
    return this.#channel?.readyState === "closed" && this.#options.link.phase === "connected";
  }
}

/** Null: a message of another kind, or no sound beat. */
export function readBeat(message: ChannelMessage | null): Beat | null {
  if (message?.type !== "beat") return null;
  const { every, deaf } = message as Beat;
  if (!Number.isFinite(every)) return null;
  return deaf === true ? { type: "beat", every, deaf } : { type: "beat", every };
}
