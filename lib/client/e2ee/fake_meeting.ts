/** A meeting of several `MediaCrypto` without workers, sockets or media, for tests. */
import type { Trust } from "./acquaintance.ts";
import { type Bytes, utf8 } from "./bytes.ts";
import type { FrameKind } from "./frame_format.ts";
import { LEAVES_TOGETHER_MS, MediaCrypto, type MediaCryptoOptions } from "./media_crypto.ts";
import type { PairMessage } from "./pair_session.ts";
import type { RoomSecret } from "./room_secret.ts";

export const CAMERA = 1;
export const OPUS: FrameKind = { mimeType: "audio/opus" };
export const random = (length = 32): Bytes => crypto.getRandomValues(new Uint8Array(length));

type Entry = Partial<Pick<MediaCryptoOptions, "roomSecret" | "maxFramesPerKey">>;

/** People in one room, their messages carried at once; time moves by `advance`. */
export class Meeting {
  nowMs = 0;
  readonly people = new Map<number, MediaCrypto>();
  readonly fingerprints = new Map<number, Bytes>();
  readonly confirmed: [number, number][] = [];
  readonly failures: [number, number, string][] = [];
  /** What is known of a peer, by "who peer". */
  readonly trust = new Map<string, Trust>();
  readonly adopted = new Map<number, RoomSecret>();
  /** Messages from one to the other that get lost. */
  readonly cut = new Set<string>();
  /** Changes messages on their way; null: they get lost. */
  tamper: (message: PairMessage, from: number) => PairMessage | null = (message) => message;
  /** Messages on their way that do not arrive for now; null: all arrive at once. */
  #held: (() => void)[] | null = null;
  #timers: { atMs: number; callback: () => void }[] = [];

  async enter(
    id: number,
    options: Entry = {},
  ): Promise<MediaCrypto> {
    const person = this.#create(id, options);
    for (const [other, crypto] of this.people) {
      this.#pair(person, id, other);
      this.#pair(crypto, other, id);
    }
    this.people.set(id, person);
    await settle();
    return person;
  }

  /** Takes the place of somebody who is there, with nothing of what they knew. */
  replace(id: number): void {
    this.people.set(id, this.#create(id, {}));
  }

  #create(id: number, options: Entry): MediaCrypto {
    this.fingerprints.set(id, random());
    return new MediaCrypto({ room: "ABCD2345", selfId: id, roomSecret: null, ...options }, {
      send: (to, message) => void this.#carry(id, to, message),
      confirmed: (peer, { verified, peerCompared }) => {
        this.confirmed.push([id, peer]);
        this.trust.set(`${id} ${peer}`, { verified, peerCompared });
      },
      trusted: (peer, trust) => void this.trust.set(`${id} ${peer}`, trust),
      roomSecret: (secret) => void this.adopted.set(id, secret),
      failed: (peer, reason) => this.failures.push([id, peer, reason]),
      nowMs: () => this.nowMs,
      setTimeout: (callback, delayMs) => {
        this.#timers.push({ atMs: this.nowMs + delayMs, callback });
      },
    });
  }

  async leave(id: number): Promise<void> {
    this.people.delete(id);
    for (const person of this.people.values()) person.removePeer(id);
    await this.advance(LEAVES_TOGETHER_MS);
  }

  async advance(durationMs: number): Promise<void> {
    this.nowMs += durationMs;
    const due = this.#timers.filter(({ atMs }) => atMs <= this.nowMs);
    this.#timers = this.#timers.filter(({ atMs }) => atMs > this.nowMs);
    for (const { callback } of due) callback();
    await settle();
  }

  /** A new connection between two who are there: both have new certificates. */
  reconnect(a: number, b: number): void {
    for (const id of [a, b]) this.fingerprints.set(id, random());
    this.#pair(this.people.get(a)!, a, b);
    this.#pair(this.people.get(b)!, b, a);
  }

  hold(): void {
    this.#held = [];
  }

  async release(): Promise<void> {
    const held = this.#held ?? [];
    this.#held = null;
    for (const arrive of held) arrive();
    await settle();
  }

  #pair(person: MediaCrypto, id: number, other: number): void {
    person.startPair(other);
    person.describePair(other, {
      selfFingerprint: this.fingerprints.get(id)!,
      peerFingerprint: this.fingerprints.get(other)!,
    });
  }

  #carry(from: number, to: number, message: PairMessage): void {
    carried++;
    const passed = this.cut.has(`${from} ${to}`) ? null : this.tamper(message, from);
    if (passed === null) return;
    const arrive = () => this.people.get(to)?.receive(from, passed);
    if (this.#held === null) queueMicrotask(arrive);
    else this.#held.push(arrive);
  }
}

/** Turns without a message after which nothing more is expected. */
const QUIET_TURNS = 40;
let carried = 0;

/** WebCrypto answers from other threads, in its own time: waits until nobody says anything more. */
export async function settle(): Promise<void> {
  for (let quiet = 0, known = carried; quiet < QUIET_TURNS; quiet++) {
    await new Promise((resolve) => setTimeout(resolve, 1));
    if (carried !== known) quiet = 0;
    known = carried;
  }
}

export async function say(person: MediaCrypto, text: string, kind = OPUS): Promise<Bytes> {
  const sealed = await person.sealFrame(CAMERA, kind, utf8(text));
  if (sealed === null) throw new Error("not sealed: this person has no key");
  return sealed;
}

export async function hear(
  person: MediaCrypto,
  from: number,
  data: Bytes,
  changes: { line?: number; kind?: FrameKind } = {},
): Promise<string | null> {
  const opened = await person.openFrame(from, { line: CAMERA, kind: OPUS, data, ...changes });
  return opened === null || opened === "repeated" ? null : new TextDecoder().decode(opened);
}
