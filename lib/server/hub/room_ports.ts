/** The outside of a room. */
import type { ErrorCode } from "../../shared/protocol/errors.ts";
import type {
  ClientMessageType,
  LeaveReason,
  ServerMessageData,
} from "../../shared/protocol/messages.ts";
import type { MediaStream } from "../../shared/protocol/streams.ts";
import type { RunningRecording } from "../../shared/protocol/recordings.ts";
import type { ModerationCommand } from "../services/moderation.ts";
import type { RecordingCommand } from "../services/recordings.ts";
import type { ParticipantRecord } from "../store/participants.ts";
import type { Clock } from "./connection.ts";
import type { Effect } from "./effects.ts";

export interface RoomTimes {
  readonly graceMs: number;
  readonly joinGraceMs: number;
  /** Without anybody who leads, until somebody else does. */
  readonly hostAbsenceMs: number;
}

/** Tells the one who asked that it was not done. */
export type Refusal = (code: ErrorCode, facts: Readonly<Record<string, unknown>>) => void;

export interface RoomPorts {
  readonly clock: Clock;
  /** Changes with every start of the process. */
  readonly bootId: string;
  /** Read each time: administrators may change them while the server runs. */
  readonly times: RoomTimes;
  /** Copy live facts to KV. */
  mirror(participant: ParticipantRecord): void;
  mirrorStreams(roomId: number, participantId: number, streams: readonly MediaStream[]): void;
  /** Free the place in KV, or the turn in front of the door. */
  markLeft(participant: ParticipantRecord, reason: LeaveReason): void;
  /** An order of somebody who may lead: the service decides, and the bus brings what was done. */
  moderate(by: ParticipantRecord, command: ModerationCommand, refused: Refusal): void;
  /** The same for the recording. */
  record(by: ParticipantRecord, command: RecordingCommand, refused: Refusal): void;
  /** What runs in this room now; null: nothing. */
  recordingOf(roomId: number): RunningRecording | null;
  /** A message came in; `unknown` stands for every type that is none of ours. */
  received(type: ClientMessageType | "unknown"): void;
  quality(roomId: number, report: Extract<Effect, { kind: "quality" }>): void;
  webRtcError(roomId: number, report: Extract<Effect, { kind: "webrtc_error" }>): void;
  /** Turns an error code into the body that the client gets. */
  errorBody(
    code: ErrorCode,
    facts: Readonly<Record<string, unknown>>,
  ): ServerMessageData["error"];
}
