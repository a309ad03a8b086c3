/**
 * The page's side of the encryption worker: sets transforms, carries messages, and watches that
 * nothing leaves unseen. Holds no key.
 */
import type { Trust } from "./acquaintance.ts";
import type { FrameCount, FromWorker, ToWorker, TransformOptions } from "./e2ee_messages.ts";
import type { Fingerprints, PairFailure, PairMessage } from "./pair_session.ts";
import type { RoomSecret } from "./room_secret.ts";

/** Not in TypeScript's libraries yet (WebRTC Encoded Transform). */
interface Transformable {
  transform: unknown;
}
declare const RTCRtpScriptTransform: new (worker: Worker, options: TransformOptions) => unknown;

export interface EncryptionPorts {
  send(peerId: number, message: PairMessage): void;
  confirmed(peerId: number, agreement: { code: readonly number[]; trust: Trust }): void;
  trusted(peerId: number, trust: Trust): void;
  /** Came during the call, from somebody whose code was compared. */
  roomSecret(secret: RoomSecret): void;
  failed(peerId: number, reason: PairFailure): void;
}

export interface EncryptionOptions {
  room: string;
  selfId: number;
  roomSecret: RoomSecret | null;
}

export class Encryption {
  readonly #worker: Worker;
  /** Frames that the worker saw, by sender or receiver. */
  readonly #seen = new Map<string, FrameCount>();
  /** Who waits for the worker's answer, by request. */
  readonly #waiting = new Map<number, (text: string | null) => void>();
  #requests = 0;
  /** Number of the newest agreement with each peer. */
  readonly #pairs = new Map<number, number>();

  /** @param worker started early, so that it is ready when the first connection is */
  constructor(worker: Worker, options: EncryptionOptions, ports: EncryptionPorts) {
    this.#worker = worker;
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.#take(data, ports);
    this.#post({ type: "start", ...options });
  }

  protect(target: RTCRtpSender | RTCRtpReceiver, options: TransformOptions): void {
    (target as unknown as Transformable).transform = new RTCRtpScriptTransform(
      this.#worker,
      options,
    );
  }

  /** A connection to somebody is being made. */
  startPair(peerId: number): void {
    const pair = (this.#pairs.get(peerId) ?? 0) + 1;
    this.#pairs.set(peerId, pair);
    this.#post({ type: "pair", peerId, pair });
  }

  /** Both sides of it are described. */
  describePair(peerId: number, fingerprints: Fingerprints): void {
    this.#post({ type: "described", peerId, fingerprints });
  }

  receive(peerId: number, message: PairMessage): void {
    this.#post({ type: "message", peerId, message });
  }

  removePeer(peerId: number): void {
    this.#post({ type: "remove", peerId });
  }

  /** The person has compared the code: it is the same on both screens. */
  compare(peerId: number): void {
    this.#post({ type: "compare", peerId });
  }

  /** Under keys of the pair; null: there is no confirmed agreement. */
  sealMessage(peerId: number, text: string): Promise<string | null> {
    return this.#ask("seal", peerId, text);
  }

  /** Null: not from that person, not of the present agreement, repeated or out of order. */
  openMessage(peerId: number, sealed: string): Promise<string | null> {
    return this.#ask("open", peerId, sealed);
  }

  stop(): void {
    this.#worker.terminate();
    for (const resolve of this.#waiting.values()) resolve(null);
    this.#waiting.clear();
  }

  /** Frames of one line that the worker saw; compared with what the browser says it sent. */
  framesSeen(options: TransformOptions): FrameCount {
    return this.#seen.get(nameOf(options)) ?? { frames: 0, passed: 0 };
  }

  #ask(type: "seal" | "open", peerId: number, text: string): Promise<string | null> {
    const request = ++this.#requests;
    return new Promise((resolve) => {
      this.#waiting.set(request, resolve);
      this.#post({ type, peerId, request, text });
    });
  }

  #post(message: ToWorker): void {
    this.#worker.postMessage(message);
  }

  #take(message: FromWorker, ports: EncryptionPorts): void {
    // Said before the worker knew that there is a new connection: over there it would be taken for
    // a part of that one's agreement, and for the work of somebody in between.
    if ("pair" in message && message.pair !== this.#pairs.get(message.peerId)) return;
    switch (message.type) {
      case "send":
        return ports.send(message.peerId, message.message);
      case "confirmed":
        return ports.confirmed(message.peerId, message);
      case "trusted":
        return ports.trusted(message.peerId, message.trust);
      case "room-secret":
        return ports.roomSecret(message.secret);
      case "failed":
        return ports.failed(message.peerId, message.reason);
      case "answer":
        this.#waiting.get(message.request)?.(message.text);
        return void this.#waiting.delete(message.request);
      case "count":
        return void this.#seen.set(nameOf(message), message);
      default:
        message satisfies never;
    }
  }
}

function nameOf({ side, peerId, line, link }: TransformOptions): string {
  return `${side} ${peerId} ${line} ${link}`;
}

/** A worker of its own file, so that the page does not carry what only the worker runs. */
export function startEncryptionWorker(): Worker {
  return new Worker(new URL("./e2ee_worker.ts", import.meta.url), { type: "module" });
}
