/**
 * Everything secret of one call, in one place: this person's media key, everybody else's, and the
 * pair sessions that carry them. Lives in a worker; knows neither workers nor connections.
 */
import { Acquaintance, type Trust } from "./acquaintance.ts";
import { type Bytes, concat } from "./bytes.ts";
import { clearBytes, type FrameKind, metadataOf } from "./frame_format.ts";
import type { PairKeys } from "./handshake.ts";
import {
  type Fingerprints,
  type PairFailure,
  type PairMessage,
  PairSession,
} from "./pair_session.ts";
import { ReceivedKeys } from "./received_keys.ts";
import type { RoomSecret } from "./room_secret.ts";
import { frameKeyOf, MAX_STEP, newGeneration, ratchet, type SharedKey } from "./sender_key.ts";
import { open, seal, type SFrameKey } from "./sframe.ts";
import { decodeHeader } from "./sframe_header.ts";

/** A new key is used when all have it, or after this long. */
export const SWITCH_AFTER_MS = 1_000;
/** People who leave together cause one new key. */
export const LEAVES_TOGETHER_MS = 100;
/** An agreement that takes longer has failed: somebody may be holding it up. */
export const AGREE_WITHIN_MS = 5_000;

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
  session: PairSession;
  acquaintance: Acquaintance;
  /** The agreement before this one: it seals messages until this one is made. */
  former: PairSession | null;
  keys: ReceivedKeys;
  confirmed: boolean;
  /** Newest own generation that this peer has acknowledged. */
  acknowledged: number;
}

interface OwnKey {
  shared: SharedKey;
  ready: SFrameKey;
  counter: bigint;
}

export class MediaCrypto {
  readonly #options: MediaCryptoOptions;
  readonly #ports: MediaCryptoPorts;
  readonly #peers = new Map<number, Peer>();
  readonly #maxFrames: bigint;
  #roomSecret: RoomSecret | null;
  #own: OwnKey | null = null;
  /** The next generation, on its way to the others. */
  #next: OwnKey | null = null;
  #rotationDue = false;
  /** Changes of the own key happen one after the other. */
  #queue: Promise<void>;

  constructor(options: MediaCryptoOptions, ports: MediaCryptoPorts) {
    this.#options = options;
    this.#ports = ports;
    this.#roomSecret = options.roomSecret;
    this.#maxFrames = BigInt(options.maxFramesPerKey ?? MAX_FRAMES_PER_KEY);
    this.#queue = ownKey(newGeneration(0)).then((own) => void (this.#own = own));
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
        confirmed: (keys, byLink) => this.#agreed(peerId, keys, byLink),
        failed: (reason) => this.#ports.failed(peerId, reason),
        mediaKey: (key) => this.#peers.get(peerId)?.keys.add(key),
        mediaKeyAcknowledged: ({ generation }) => this.#acknowledge(peerId, generation),
        trust: (message) => acquaintance.take(message),
      },
    );
    this.#peers.set(peerId, {
      session,
      acquaintance,
      former,
      keys: new ReceivedKeys(),
      confirmed: false,
      acknowledged: -1,
    });
  }

  /** Both sides of that connection are described: what is agreed on will hold for no other. */
  describePair(peerId: number, fingerprints: Fingerprints): void {
    const session = this.#peers.get(peerId)?.session;
    if (session === undefined) return;
    session.describe(fingerprints);
    this.#ports.setTimeout(() => session.expire(), AGREE_WITHIN_MS);
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
    if (peer.confirmed) this.#rotateSoon();
  }

  /** The frame as it may leave this browser; null: not at all. */
  async sealFrame(line: number, kind: FrameKind, data: Bytes): Promise<Bytes | null> {
    const own = this.#own;
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

  /** The frame as its sender made it; null when it is not authentic, and must not be played. */
  async openFrame(
    peerId: number,
    { line, kind, data }: { line: number; kind: FrameKind; data: Bytes },
  ): Promise<Bytes | null> {
    const peer = this.#peers.get(peerId);
    const clearLength = clearBytes(kind);
    if (peer === undefined || clearLength === null) return null;
    const clear = data.subarray(0, clearLength);
    const frame = data.subarray(clear.length);
    const header = decodeHeader(frame);
    if (header === null) return null;
    const received = await peer.keys.find(header.kid, this.#ports.nowMs());
    if (received === null || !received.window.allows(header.ctr)) return null;
    const sender = String(peerId);
    const metadata = metadataOf({ room: this.#options.room, sender, line }, clear);
    const plaintext = await open(received.key, { frame, metadata }).catch(() => null);
    // Asked again: the same frame may have been opened while this one waited.
    if (plaintext === null || !received.window.allows(header.ctr)) return null;
    received.window.accept(header.ctr);
    peer.keys.used(header.kid, this.#ports.nowMs());
    return concat(clear, plaintext);
  }

  #enqueue(step: () => Promise<void>): void {
    this.#queue = this.#queue.then(step);
  }

  /** The last agreement that was made stays for messages: the way to the next one needs some. */
  #retire(peerId: number): PairSession | null {
    const peer = this.#peers.get(peerId);
    if (peer === undefined) return null;
    if (!peer.session.isConfirmed) {
      peer.session.close();
      return peer.former;
    }
    // Whoever had the key over the old connection does not have it over the new one by itself.
    if (peer.confirmed) this.#rotateSoon();
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

  async #agreed(peerId: number, keys: PairKeys, byLink: boolean): Promise<void> {
    const peer = this.#peers.get(peerId);
    if (peer === undefined) return;
    const verified = byLink ? "link" : null;
    this.#ports.confirmed(peerId, { code: keys.code, verified, peerCompared: false });
    this.#welcome(peerId);
    await peer.acquaintance.agreed(keys, byLink);
  }

  #rotateSoon(): void {
    if (this.#rotationDue) return;
    this.#rotationDue = true;
    this.#ports.setTimeout(() => this.#enqueue(() => this.#rotate()), LEAVES_TOGETHER_MS);
  }

  /** One step ahead for everybody; the newcomer gets the result, the others derive it. */
  #welcome(peerId: number): void {
    this.#enqueue(async () => {
      const peer = this.#peers.get(peerId);
      const own = this.#own;
      if (peer === undefined || own === null) return;
      peer.confirmed = true;
      if (this.#next !== null) peer.session.sendMediaKey(this.#next.shared);
      if (own.shared.step === MAX_STEP) return await this.#rotate();
      this.#own = await ownKey(await ratchet(own.shared));
      peer.session.sendMediaKey(this.#own.shared);
    });
  }

  /** A key that owes nothing to the one before. */
  async #rotate(): Promise<void> {
    this.#rotationDue = false;
    const latest = this.#next ?? this.#own;
    if (latest === null) return;
    const next = await ownKey(newGeneration(latest.shared.generation + 1));
    this.#next = next;
    for (const peer of this.#peers.values()) {
      if (peer.confirmed) peer.session.sendMediaKey(next.shared);
    }
    this.#switchWhenKnown();
    this.#ports.setTimeout(() => this.#switchTo(next), SWITCH_AFTER_MS);
  }

  #acknowledge(peerId: number, generation: number): void {
    const peer = this.#peers.get(peerId);
    if (peer === undefined) return;
    peer.acknowledged = Math.max(peer.acknowledged, generation);
    this.#switchWhenKnown();
  }

  #switchWhenKnown(): void {
    const next = this.#next;
    if (next === null) return;
    const { generation } = next.shared;
    const confirmed = [...this.#peers.values()].filter((peer) => peer.confirmed);
    if (confirmed.every((peer) => peer.acknowledged >= generation)) this.#switchTo(next);
  }

  #switchTo(next: OwnKey): void {
    if (this.#next !== next) return;
    this.#next = null;
    this.#own = next;
  }
}

async function ownKey(shared: SharedKey): Promise<OwnKey> {
  return { shared, ready: await frameKeyOf(shared), counter: 0n };
}
