/**
 * Everything secret of one call, in one place: this person's media key, everybody else's, and the
 * pair sessions that carry them. Lives in a worker; knows neither workers nor connections.
 */
import { type Bytes, concat } from "./bytes.ts";
import { clearBytes, type FrameKind, metadataOf } from "./frame_format.ts";
import { type PairFailure, type PairMessage, PairSession } from "./pair_session.ts";
import { ReceivedKeys } from "./received_keys.ts";
import { frameKeyOf, MAX_STEP, newGeneration, ratchet, type SharedKey } from "./sender_key.ts";
import { open, seal, type SFrameKey } from "./sframe.ts";
import { decodeHeader } from "./sframe_header.ts";

/** A new key is used when all have it, or after this long. */
export const SWITCH_AFTER_MS = 1_000;
/** People who leave together cause one new key. */
export const LEAVES_TOGETHER_MS = 100;
/** An agreement that takes longer has failed: somebody may be holding it up. */
export const AGREE_WITHIN_MS = 5_000;

export interface MediaCryptoPorts {
  send(peerId: number, message: PairMessage): void;
  confirmed(peerId: number, result: { code: readonly number[]; byLink: boolean }): void;
  failed(peerId: number, reason: PairFailure): void;
  nowMs(): number;
  setTimeout(callback: () => void, delayMs: number): void;
}

export interface MediaCryptoOptions {
  /** room_code */
  room: string;
  selfId: number;
  /** From the link; null: entered without one. */
  roomSecret: Bytes | null;
}

interface Peer {
  session: PairSession;
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
  #own: OwnKey | null = null;
  /** The next generation, on its way to the others. */
  #next: OwnKey | null = null;
  #rotationDue = false;
  /** Changes of the own key happen one after the other. */
  #queue: Promise<void>;

  constructor(options: MediaCryptoOptions, ports: MediaCryptoPorts) {
    this.#options = options;
    this.#ports = ports;
    this.#queue = ownKey(newGeneration(0)).then((own) => void (this.#own = own));
  }

  /** A connection to somebody has been described: agree on keys. Replaces an earlier agreement. */
  startPair(
    peerId: number,
    fingerprints: { selfFingerprint: Bytes; peerFingerprint: Bytes },
  ): void {
    this.#peers.get(peerId)?.session.close();
    const { room, selfId, roomSecret } = this.#options;
    const session = new PairSession(
      { room, roomSecret, selfId: String(selfId), peerId: String(peerId), ...fingerprints },
      {
        send: (message) => this.#ports.send(peerId, message),
        confirmed: (result) => {
          this.#ports.confirmed(peerId, result);
          this.#welcome(peerId);
        },
        failed: (reason) => this.#ports.failed(peerId, reason),
        mediaKey: (key) => this.#peers.get(peerId)?.keys.add(key),
        mediaKeyAcknowledged: ({ generation }) => this.#acknowledge(peerId, generation),
      },
    );
    this.#ports.setTimeout(() => session.expire(), AGREE_WITHIN_MS);
    this.#peers.set(peerId, {
      session,
      keys: new ReceivedKeys(),
      confirmed: false,
      acknowledged: -1,
    });
  }

  receive(peerId: number, message: PairMessage): void {
    this.#peers.get(peerId)?.session.receive(message);
  }

  /** Somebody is gone: what is said from now on is not for them. */
  removePeer(peerId: number): void {
    const peer = this.#peers.get(peerId);
    if (peer === undefined) return;
    peer.session.close();
    this.#peers.delete(peerId);
    if (!peer.confirmed || this.#rotationDue) return;
    this.#rotationDue = true;
    this.#ports.setTimeout(() => this.#enqueue(() => this.#rotate()), LEAVES_TOGETHER_MS);
  }

  /** The frame as it may leave this browser; null: not at all. */
  async sealFrame(line: number, kind: FrameKind, data: Bytes): Promise<Bytes | null> {
    const own = this.#own;
    const clearLength = clearBytes(kind);
    if (own === null || clearLength === null) return null;
    const ctr = own.counter++;
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
