/**
 * What a handler wants to happen. Handlers are synchronous and touch nothing: they read the room
 * and answer with effects; `room.ts` carries them out in order.
 */
import type { ErrorCode } from "../../shared/protocol/errors.ts";
import type { ClientMessageData, ClientMessageType } from "../../shared/protocol/messages.ts";
import type { ServerMessageData } from "../../shared/protocol/messages.ts";
import type { StreamUpdate } from "../../shared/protocol/streams.ts";
import type { ModerationCommand } from "../services/moderation.ts";
import type { RecordingCommand } from "../services/recordings.ts";
import type { ParticipantRecord } from "../store/participants.ts";

export type RelayType = "offer" | "answer" | "ice-candidate" | "e2ee";

/** The live facts that a participant's own commands may change. */
export type LiveFlags = Pick<
  ParticipantRecord,
  "is_muted" | "is_video_enabled" | "is_screen_sharing" | "is_hand_raised"
>;

export type Effect =
  /** Pass signaling on, stamped with its sender; without `to` to everyone else. */
  | { kind: "relay"; type: RelayType; data: unknown; to?: number; id?: string }
  /** Change a participant's live flags and tell everyone. */
  | { kind: "patch"; participantId: number; flags: Partial<LiveFlags> }
  /** Remember what a participant sends and tell everyone. */
  | { kind: "stream"; participantId: number; update: StreamUpdate }
  /** Answer the sender only. */
  | { kind: "reply"; type: "pong"; data: ServerMessageData["pong"] }
  | { kind: "reply"; type: "ack"; data: ServerMessageData["ack"] }
  /** Tell the sender what was wrong; the connection goes on. */
  | { kind: "refuse"; code: ErrorCode; facts?: Record<string, unknown> }
  /** An order of the sender; `id` comes back with a refusal. */
  | { kind: "moderate"; command: ModerationCommand; id?: string }
  /** Start or stop the recording; `id` comes back with a refusal. */
  | { kind: "record"; command: RecordingCommand; id?: string }
  /** The sender goes, on purpose. */
  | { kind: "leave" }
  | { kind: "quality"; participantId: number; report: ClientMessageData["quality-report"] }
  | { kind: "webrtc_error"; participantId: number; error: ClientMessageData["webrtc-error"] };

/** What a handler may see of the room. */
export interface RoomView {
  has(participantId: number): boolean;
  /** Server clock, milliseconds since the epoch. */
  now(): number;
}

export interface Command<Type extends ClientMessageType> {
  data: ClientMessageData[Type];
  to?: number;
  id?: string;
}

export type Handler<Type extends ClientMessageType> = (
  room: RoomView,
  sender: ParticipantRecord,
  command: Command<Type>,
) => Effect[];
