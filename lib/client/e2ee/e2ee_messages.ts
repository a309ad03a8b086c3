/** What page and worker say to each other. */
import type { Trust } from "./acquaintance.ts";
import type { Fingerprints, PairFailure, PairMessage } from "./pair_session.ts";
import type { RoomSecret } from "./room_secret.ts";

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
  | { type: "start"; room: string; selfId: number; roomSecret: RoomSecret | null }
  /** Each agreement with a peer has a number of its own. */
  | { type: "pair"; peerId: number; pair: number }
  | { type: "described"; peerId: number; fingerprints: Fingerprints }
  | { type: "message"; peerId: number; message: PairMessage }
  | { type: "remove"; peerId: number }
  /** The person has compared the code. */
  | { type: "compare"; peerId: number }
  /** A message of the call, to be sealed or opened; answered under the same `request`. */
  | { type: "seal" | "open"; peerId: number; request: number; text: string };

export type FromWorker =
  | { type: "send"; peerId: number; pair: number; message: PairMessage }
  | { type: "confirmed"; peerId: number; pair: number; code: number[]; trust: Trust }
  | { type: "trusted"; peerId: number; trust: Trust }
  | { type: "room-secret"; secret: RoomSecret }
  | { type: "failed"; peerId: number; pair: number; reason: PairFailure }
  /** Null: it cannot be sealed, or is not authentic. */
  | { type: "answer"; request: number; text: string | null }
  /** So many frames of one line went through; `passed` of them could be sealed or opened. */
  | ({ type: "count" } & FrameCount & TransformOptions);

export interface FrameCount {
  frames: number;
  passed: number;
}
