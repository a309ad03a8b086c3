/**
 * The page's side of the encryption worker: sets transforms, carries messages, and watches that
 * nothing leaves unseen. Holds no key.
 */
import type { Bytes } from "./bytes.ts";
import type { FromWorker, ToWorker, TransformOptions } from "./e2ee_messages.ts";
import type { PairFailure, PairMessage } from "./pair_session.ts";

/** Not in TypeScript's libraries yet (WebRTC Encoded Transform). */
interface Transformable {
  transform: unknown;
}
declare const RTCRtpScriptTransform: new (worker: Worker, options: TransformOptions) => unknown;

/** Whether this browser can put a worker between encoder and network. */
export function canEncrypt(): boolean {
  return "RTCRtpScriptTransform" in globalThis;
}

export interface EncryptionPorts {
  send(peerId: number, message: PairMessage): void;
  confirmed(peerId: number, result: { code: readonly number[]; byLink: boolean }): void;
  failed(peerId: number, reason: PairFailure): void;
}

export interface EncryptionOptions {
  room: string;
  selfId: number;
  roomSecret: Bytes | null;
}

export class Encryption {
  readonly #worker: Worker;
  /** Frames that the worker saw, by sender or receiver. */
  readonly #seen = new Map<string, number>();

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

  startPair(
    peerId: number,
    fingerprints: { selfFingerprint: Bytes; peerFingerprint: Bytes },
  ): void {
    this.#post({ type: "pair", peerId, ...fingerprints });
  }

  receive(peerId: number, message: PairMessage): void {
    this.#post({ type: "message", peerId, message });
  }

  removePeer(peerId: number): void {
    this.#post({ type: "remove", peerId });
  }

  /** Frames of one line that the worker saw; compared with what the browser says it sent. */
  framesSeen(options: TransformOptions): number {
    return this.#seen.get(nameOf(options)) ?? 0;
  }

  #post(message: ToWorker): void {
    this.#worker.postMessage(message);
  }

  #take(message: FromWorker, ports: EncryptionPorts): void {
    switch (message.type) {
      case "send":
        return ports.send(message.peerId, message.message);
      case "confirmed":
        return ports.confirmed(message.peerId, message);
      case "failed":
        return ports.failed(message.peerId, message.reason);
      case "count":
        return void this.#seen.set(nameOf(message), message.frames);
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
