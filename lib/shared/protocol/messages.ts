/**
 * The two tables of the WebSocket protocol: commands up (kebab-case) and events down (snake_case);
 * relayed signaling keeps its name. `docs/protocol.md` is generated from here.
 */
import { z } from "zod";
import type { ErrorBody } from "./errors.ts";
import type { ServerEnvelope } from "./envelope.ts";
import { Mute, RaiseHand } from "./media_state.ts";
import {
  BanParticipant,
  type Empty,
  LockRoom,
  type ModerationEvent,
  MuteParticipant,
  OneParticipant,
  SetParticipantRole,
  WaitingDecision,
  type WaitingPerson,
  type WaitingState,
} from "./moderation.ts";
import type { VideoParticipant } from "./participants.ts";
import { QualityReport, WebRtcError } from "./quality.ts";
import type { RecordingAvailable, RecordingStopped, RunningRecording } from "./recordings.ts";
import type { VideoRoom } from "./rooms.ts";
import { Answer, IceCandidate, Offer, PairSignal } from "./signaling.ts";
import { type MediaStream, StreamUpdate } from "./streams.ts";

/** Some commands carry nothing; clients may leave `data` out. */
const Nothing = z.unknown().transform(() => undefined);

export const CLIENT_MESSAGES = {
  /** Relayed to `to`, or to everyone else. `link` and `round` name the negotiation. */
  "offer": Offer,
  /** Relayed like the offer it answers, with the same `link` and `round`. */
  "answer": Answer,
  /** Relayed; an empty `candidate` says that no more will come. */
  "ice-candidate": IceCandidate,
  /** A step of the key agreement with one other person (`to`). */
  "e2ee": PairSignal,
  /** My microphone is off (`muted: true`) or on. */
  "mute-audio": Mute,
  /** My camera is off (`muted: true`) or on. */
  "mute-video": Mute,
  /** I share my screen from now on. */
  "start-screen-share": Nothing,
  /** I no longer share my screen. */
  "stop-screen-share": Nothing,
  /** What I really send now, one stream at a time. */
  "stream-update": StreamUpdate,
  /** My hand is up (`raised: true`) or down. */
  "raise-hand": RaiseHand,
  /** Switch off what somebody sends, keep it off (`locked`), or unlock it. Without id: everyone. */
  "mute-participant": MuteParticipant,
  /** Somebody has to go, and may come back. */
  "remove-participant": OneParticipant,
  /** Somebody has to go, and may not come back with this account or browser. */
  "ban-participant": BanParticipant,
  /** Let somebody in who waits, or all. */
  "admit-participant": WaitingDecision,
  /** Send somebody away who waits, or all. */
  "deny-participant": WaitingDecision,
  /** Give somebody another role. */
  "set-role": SetParticipantRole,
  /** Let nobody new in (`locked: true`), or open up again. */
  "lock-room": LockRoom,
  /** Record this room from now on; I make the file and upload it afterwards. */
  "start-recording": Nothing,
  /** Stop the recording that runs. */
  "stop-recording": Nothing,
  /** How my connections are doing, about every 10 s; for the server only. */
  "quality-report": QualityReport,
  /** A connection failed, in the browser's words; for the server's log only. */
  "webrtc-error": WebRtcError,
  /** I go, and do not come back by myself. */
  "leave": Nothing,
  /** Are you there? Answered with `pong`. */
  "ping": Nothing,
} as const;

export type ClientMessageType = keyof typeof CLIENT_MESSAGES;
export type ClientMessageData = {
  [Type in ClientMessageType]: z.infer<(typeof CLIENT_MESSAGES)[Type]>;
};
export type ClientMessage = {
  [Type in ClientMessageType]: {
    type: Type;
    data: ClientMessageData[Type];
    to?: number;
    id?: string;
  };
}[ClientMessageType];

/** First event on every socket: the whole truth about the room, replacing what was known. */
export interface RoomState {
  self: VideoParticipant;
  room: VideoRoom;
  /** Everyone in the room, including `self`. */
  participants: VideoParticipant[];
  streams: MediaStream[];
  /** What runs now; null: nothing is being recorded. */
  recording: RunningRecording | null;
  /** Who waits to be let in; only for those who may let in. */
  waiting?: WaitingPerson[];
  /**
   * The others know this participant from an earlier socket and have not been told of a new one: a
   * page without links of its own has to offer. Otherwise they have, and do.
   */
  resumed: boolean;
  /** Changes with every start of the server process. */
  boot_id: string;
  server_time: string;
}

export interface ServerMessageData {
  /** Always first on a socket: the whole truth, replacing what was known. */
  "room_state": RoomState;
  /** Somebody is in the room who was not. */
  "participant_joined": VideoParticipant;
  /** Something about somebody changed: device, hand, name, or whether the socket is open. */
  "participant_updated": VideoParticipant;
  /** Somebody is no longer in the room; a broken socket alone does not count. */
  "participant_left": { participant_id: number; user_id: number; reason: LeaveReason };
  /** What somebody sends changed. */
  "stream_updated": MediaStream;
  /** Name or settings of the room changed. */
  "room_updated": VideoRoom;
  /** The room was ended, by whom; the socket is closed right after. */
  "room_ended": { ended_by: number | null };
  /** Something was done to somebody or to the room, and by whom. */
  "moderation": ModerationEvent;
  /** The room is being recorded from now on, by whom. */
  "recording_started": RunningRecording;
  /** It is not being recorded any more. */
  "recording_stopped": RecordingStopped;
  /** The file of a recording is here. */
  "recording_available": RecordingAvailable;
  /** Who waits to be let in, on every change; only to those who may let in. */
  "waiting_list": { waiting: WaitingPerson[] };
  /** You wait to be let in; told first, and again on every change. */
  "waiting_state": WaitingState;
  /** You are let in; `room_state` follows on the same socket. */
  "admitted": Empty;
  /** You are not let in; the socket is closed right after. */
  "denied": Empty;
  /** Relayed, with `from`. */
  "offer": Offer;
  /** Relayed, with `from`. */
  "answer": Answer;
  /** Relayed, with `from`. */
  "ice-candidate": IceCandidate;
  /** Relayed, with `from`. */
  "e2ee": PairSignal;
  /** Signaling with this `id` was taken and passed on. */
  "ack": { id: string };
  /** Yes. */
  "pong": { server_time: string };
  /** The command was refused; nothing was changed. Facts tell which, by `id` or `to`. */
  "error": ErrorBody;
}

export type ServerMessageType = keyof ServerMessageData;
export type ServerMessage = {
  [Type in ServerMessageType]: ServerEnvelope<Type, ServerMessageData[Type]>;
}[ServerMessageType];

/** Why somebody is no longer in the room. */
export type LeaveReason =
  | "left"
  | "connection_lost"
  | "removed"
  | "banned"
  | "denied"
  | "replaced"
  | "room_ended";
