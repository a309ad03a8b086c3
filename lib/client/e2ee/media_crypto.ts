/**
 * Everything secret of one call, in one place: this person's media key, everybody else's, and the
 * pair sessions that carry them. Lives in a worker; knows neither workers nor connections.
 */
import { Acquaintance, type Trust } from "./acquaintance.ts";
import { type Bytes, concat } from "./bytes.ts";
import { clearBytes, type FrameKind, metadataOf } from "./frame_format.ts";
import type { PairKeys } from "./handshake.ts";
import { OwnKeys } from "./own_keys.ts";
import {
  type Fingerprints,
  type PairFailure,
  type PairMessage,
  PairSession,
} from "./pair_session.ts";
import { ReceivedKeys } from "./received_keys.ts";
import type { RoomSecret } from "./room_secret.ts";
import type { SharedKey } from "./sender_key.ts";
import { open, seal } from "./sframe.ts";
import { decodeHeader } from "./sframe_header.ts";

/** A new key is used when all have it, or after this long: who left hears less than a second more. */
export const SWITCH_AFTER_MS = 800;
/** People who leave together cause one new key. */
export const LEAVES_TOGETHER_MS = 100;
/** An agreement that takes longer has failed: somebody may be holding it up. */
export const AGREE_WITHIN_MS = 20_000;

/**
 * Frames under one key; more would wear AES-GCM out (NIST SP 800-38D, section 8.3), and the counter
 * must never come round. Half of them, and a new key is made.
 */
export const MAX_FRAMES_PER_KEY = 2 ** 32;

export interface MediaCryptoPorts {
  send(peerId: number, message: PairMessage): void;
  confirmed(peerId: number, agreement: Trust & { code: readonly number[] }): void;
  /** More is known of them now: a code was compared, or they have the secret of the link. */
  trusted(peerId: number, trust: Trust): void;
  /** Came from somebody whose code was compared. */
  roomSecret(secret: RoomSecret): void;
  failed(peerId: number, reason: PairFailure): void;
  nowMs(): number;
  setTimeout(callback: () => void, delayMs: number): void;
}

export interface MediaCryptoOptions {
  /** room_code */
  room: string;
  selfId: number;
  /** From the link; null: entered without one. */
  roomSecret: RoomSecret | null;
  /** {@link MAX_FRAMES_PER_KEY} unless told otherwise. */
  maxFramesPerKey?: number;
}

interface Peer {
  id: number;
  session: PairSession;
  acquaintance: Acquaintance;
  /** The agreement before this one: it seals messages until this one is made. */
  former: PairSession | null;
  keys: ReceivedKeys;
  confirmed: boolean;
  /** What this peer is to be given: nothing that was sent before they could get it opens with it. */
  from: SharedKey | null;
  /** It has left for them: they may have it, whether they confirm or not. */
  given: boolean;
  /** The acquaintance knows of the agreement. */
  met: Promise<void>;
  /** Newest own generation that this peer has acknowledged. */
  acknowledged: number;
}

export class MediaCrypto {
  readonly #options: MediaCryptoOptions;
  readonly #ports: MediaCryptoPorts;
  readonly #peers = new Map<number, Peer>();
  readonly #maxFrames: bigint;
  #roomSecret: RoomSecret | null;
  readonly #own = new OwnKeys();
  #rotationDue = false;
  /** Changes of the own key happen one after the other. */
  #queue: Promise<void>;

  constructor(options: MediaCryptoOptions, ports: MediaCryptoPorts) {
    this.#options = options;
    this.#ports = ports;
    this.#roomSecret = options.roomSecret;
    this.#maxFrames = BigInt(options.maxFramesPerKey ?? MAX_FRAMES_PER_KEY);
    this.#queue = this.#own.begin();
  }

  /** A connection to somebody is being made: agree on keys. Replaces an earlier agreement. */
  startPair(peerId: number): void {
    const former = this.#retire(peerId);
    const acquaintance = this.#peers.get(peerId)?.acquaintance ?? this.#meet(peerId);
    const { room, selfId } = this.#options;
    const roomSecret = this.#roomSecret?.key ?? null;
    const session = new PairSession(
      { room, roomSecret, selfId: String(selfId), peerId: String(peerId) },
      {
        send: (message) => this.#ports.send(peerId, message),
        keyed: () => this.#giveEarly(peer),
        confirmed: (keys, byLink) => this.#agreed(peer, keys, byLink),
        failed: (reason) => this.#fail(peer, reason),
        mediaKey: (key) => peer.keys.add(key),
        mediaKeyAcknowledged: ({ generation }) => this.#acknowledge(peer, generation),
        trust: async (message) => {
          await peer.met;
          await acquaintance.take(message);
        },
      },
    );
    const peer: Peer = {
      id: peerId,
      session,
      acquaintance,
      former,
      keys: new ReceivedKeys(this.#ports),
      confirmed: false,
      from: null,
      given: false,
      met: Promise.resolve(),
      acknowledged: -1,
    };
    this.#peers.set(peerId, peer);
  }

  /** Both sides of that connection are described: what is agreed on will hold for no other. */
  describePair(peerId: number, fingerprints: Fingerprints): void {
    const peer = this.#peers.get(peerId);
    if (peer === undefined) return;
    // Before the first frame can leave for them: what they get then opens when they have the key.
    this.#enqueue(async () => void (peer.from = await this.#own.stepAhead()));
    peer.session.describe(fingerprints);
    this.#ports.setTimeout(() => peer.session.expire(), AGREE_WITHIN_MS);
  }

  receive(peerId: number, message: PairMessage): void {
    this.#peers.get(peerId)?.session.receive(message);
  }

  /** For the other side of a confirmed agreement; null: there is none. */
  async sealMessage(peerId: number, text: string): Promise<string | null> {
    const peer = this.#peers.get(peerId);
    if (peer === undefined) return null;
    const { session, former } = peer;
    return await (session.isConfirmed ? session : former ?? session).sealMessage(text);
  }

  /** Null: not theirs, of an older agreement, repeated or out of order. */
  async openMessage(peerId: number, sealed: string): Promise<string | null> {
    const peer = this.#peers.get(peerId);
    if (peer === undefined) return null;
    // First the former one: the present one would wait until it is made.
    const text = await peer.former?.openMessage(sealed) ?? null;
    return text ?? await peer.session.openMessage(sealed);
  }

  /** The person has compared the code with somebody: it is the same on both screens. */
  compare(peerId: number): void {
    const peer = this.#peers.get(peerId);
    if (peer?.session.isConfirmed) peer.acquaintance.compare();
  }

  /** Somebody is gone: what is said from now on is not for them. */
  removePeer(peerId: number): void {
    const peer = this.#peers.get(peerId);
    if (peer === undefined) return;
    peer.session.close();
    peer.former?.close();
    this.#peers.delete(peerId);
    this.#shutOut(peer);
  }

  /** The frame as it may leave this browser; null: not at all. */
  async sealFrame(line: number, kind: FrameKind, data: Bytes): Promise<Bytes | null> {
    const own = this.#own.present;
    const clearLength = clearBytes(kind);
    if (own === null || clearLength === null) return null;
    if (own.counter >= this.#maxFrames) return null;
    const ctr = own.counter++;
    if (ctr === this.#maxFrames / 2n) this.#rotateSoon();
    const clear = data.subarray(0, clearLength);
    const { room, selfId } = this.#options;
    const sealed = await seal(own.ready, {
      ctr,
      metadata: metadataOf({ room, sender: String(selfId), line }, clear),
      plaintext: data.subarray(clear.length),
    });
    return concat(clear, sealed);
  }

  /**
   * The frame as its sender made it; null when it is not authentic, and must not be played. Pictures
   * wait a moment for their key. `repeated`: opened before (networks do that), or overtaken by far.
   */
  async openFrame(
    peerId: number,
    { line, kind, data }: { line: number; kind: FrameKind; data: Bytes },
  ): Promise<Bytes | "repeated" | null> {
    const peer = this.#peers.get(peerId);
    const clearLength = clearBytes(kind);
    if (peer === undefined || clearLength === null) return null;
    const clear = data.subarray(0, clearLength);
    const frame = data.subarray(clear.length);
    const header = decodeHeader(frame);
    if (header === null) return null;
    const { keys } = peer;
    if (kind.type !== undefined) await keys.expect(header.kid);
    const received = await keys.find(header.kid, this.#ports.nowMs());
    if (received === null) return null;
    if (!received.window.allows(header.ctr)) return "repeated";
    const sender = String(peerId);
    const metadata = metadataOf({ room: this.#options.room, sender, line }, clear);
    const plaintext = await open(received.key, { frame, metadata }).catch(() => null);
    // Asked again: the same frame may have been opened while this one waited.
    if (plaintext === null) return null;
    if (!received.window.allows(header.ctr)) return "repeated";
    received.window.accept(header.ctr);
    keys.used(header.kid, this.#ports.nowMs());
    return concat(clear, plaintext);
  }

  #enqueue(step: () => Promise<void> | void): void {
    this.#queue = this.#queue.then(step);
  }

  /** The last agreement that was made stays for messages: the way to the next one needs some. */
  #retire(peerId: number): PairSession | null {
    const peer = this.#peers.get(peerId);
    if (peer === undefined) return null;
    // Whoever had the key over the old connection does not have it over the new one by itself.
    this.#shutOut(peer);
    if (!peer.session.isConfirmed) {
      peer.session.close();
      return peer.former;
    }
    peer.former?.close();
    peer.session.retire();
    return peer.session;
  }

  #meet(peerId: number): Acquaintance {
    return new Acquaintance({
      selfId: String(this.#options.selfId),
      peerId: String(peerId),
      send: (message) => this.#peers.get(peerId)?.session.sendTrust(message),
      changed: (trust) => this.#ports.trusted(peerId, trust),
      roomSecret: () => this.#roomSecret,
      adoptSecret: (secret) => this.#adoptSecret(secret),
    });
  }

  /** From now on this person can show everybody who has the secret that nobody is in between. */
  #adoptSecret(secret: RoomSecret): void {
    this.#roomSecret = secret;
    this.#ports.roomSecret(secret);
    for (const { session, acquaintance } of this.#peers.values()) {
      if (session.isConfirmed) void acquaintance.proveLink();
    }
  }

  #isHere(peer: Peer): boolean {
    return this.#peers.get(peer.id) === peer && !peer.session.isOver;
  }

  #agreed(peer: Peer, keys: PairKeys, byLink: boolean): void {
    if (!this.#isHere(peer)) return;
    const verified = byLink ? "link" : null;
    this.#ports.confirmed(peer.id, { code: keys.code, verified, peerCompared: false });
    this.#welcome(peer);
    peer.met = peer.acquaintance.agreed(keys, byLink);
  }

  #fail(peer: Peer, reason: PairFailure): void {
    if (!peer.confirmed) this.#shutOut(peer);
    if (this.#peers.get(peer.id) === peer) this.#ports.failed(peer.id, reason);
  }

  /** What is said from now on is not for them, if they were given a key at all. */
  #shutOut(peer: Peer): void {
    peer.keys.close();
    if (peer.confirmed || peer.given) this.#rotateSoon();
    peer.given = false;
  }

  #rotateSoon(): void {
    if (this.#rotationDue) return;
    this.#rotationDue = true;
    this.#ports.setTimeout(() => this.#enqueue(() => this.#rotate()), LEAVES_TOGETHER_MS);
  }

  /**
   * Whoever can open this could confirm as well; who does not is shut out as if they had. While a
   * new key is on its way nothing is given early, and nothing more before they have confirmed.
   */
  #giveEarly(peer: Peer): void {
    this.#enqueue(() => {
      if (this.#isHere(peer) && this.#own.next === null) this.#give(peer);
    });
  }

  #welcome(peer: Peer): void {
    this.#enqueue(async () => {
      if (!this.#isHere(peer)) return;
      peer.confirmed = true;
      if (this.#own.next !== null) peer.session.sendMediaKey(this.#own.next);
      if (this.#give(peer)) return;
      // Another generation has begun since they were described, or this one has no step left.
      peer.given = false;
      peer.from = await this.#own.stepAhead();
      if (!this.#give(peer)) await this.#rotate();
    });
  }

  /** False: what was meant for them is of no use any more. */
  #give(peer: Peer): boolean {
    const { from, given, session } = peer;
    if (from === null || from.generation !== this.#own.present?.shared.generation) return false;
    if (!given) session.sendMediaKey(from);
    return peer.given = true;
  }

  async #rotate(): Promise<void> {
    this.#rotationDue = false;
    const next = await this.#own.replace();
    for (const peer of this.#peers.values()) {
      if (peer.confirmed) peer.session.sendMediaKey(next);
    }
    this.#switchWhenKnown();
    this.#ports.setTimeout(() => this.#own.switchTo(next), SWITCH_AFTER_MS);
  }

  #acknowledge(peer: Peer, generation: number): void {
    peer.acknowledged = Math.max(peer.acknowledged, generation);
    this.#switchWhenKnown();
  }

  #switchWhenKnown(): void {
    const { next } = this.#own;
    if (next === null) return;
    const confirmed = [...this.#peers.values()].filter((peer) => peer.confirmed);
    const known = confirmed.every((peer) => peer.acknowledged >= next.generation);
    if (known) this.#own.switchTo(next);
  }
}
