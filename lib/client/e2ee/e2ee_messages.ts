/** What page and worker say to each other. */
import type { Bytes } from "./bytes.ts";
import type { PairFailure, PairMessage } from "./pair_session.ts";

/** Given to `RTCRtpScriptTransform`. */
export interface TransformOptions {
  side: "send" | "receive";
  peerId: number;
  /** Place in the first offer. */
  line: number;
  /** Tells the transforms of one connection from those of the one before. */
  link: string;
}

export type ToWorker =
  | { type: "start"; room: string; selfId: number; roomSecret: Bytes | null }
  | { type: "pair"; peerId: number; selfFingerprint: Bytes; peerFingerprint: Bytes }
  | { type: "message"; peerId: number; message: PairMessage }
  | { type: "remove"; peerId: number };

export type FromWorker =
  | { type: "send"; peerId: number; message: PairMessage }
  | { type: "confirmed"; peerId: number; code: number[]; byLink: boolean }
  | { type: "failed"; peerId: number; reason: PairFailure }
  | ({ type: "count"; frames: number } & TransformOptions);
