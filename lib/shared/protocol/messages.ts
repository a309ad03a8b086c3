/**
 * The two tables of the WebSocket protocol: commands up (kebab-case) and events down (snake_case);
 * relayed signaling keeps its name. `docs/protocol.md` is generated from here.
 */
import { z } from "zod";
import type { ErrorBody } from "./errors.ts";
import type { ServerEnvelope } from "./envelope.ts";
import { Mute, RaiseHand } from "./media_state.ts";
import type { VideoParticipant } from "./participants.ts";
import { QualityReport, WebRtcError } from "./quality.ts";
import type { VideoRoom } from "./rooms.ts";
import { Answer, IceCandidate, Offer } from "./signaling.ts";
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
  /** Relayed, with `from`. */
  "offer": Offer;
  /** Relayed, with `from`. */
  "answer": Answer;
  /** Relayed, with `from`. */
  "ice-candidate": IceCandidate;
  /** The command with this `id` was carried out. */
  "ack": { id: string };
  /** Yes. */
  "pong": { server_time: string };
  /** The command was refused; nothing was changed. `id` is the one of the command. */
  "error": ErrorBody;
}

export type ServerMessageType = keyof ServerMessageData;
export type ServerMessage = {
  [Type in ServerMessageType]: ServerEnvelope<Type, ServerMessageData[Type]>;
}[ServerMessageType];

/** Why somebody is no longer in the room. */
export type LeaveReason = "left" | "connection_lost" | "removed" | "replaced" | "room_ended";
