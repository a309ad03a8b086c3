/** What services tell the hub, in process and in order. */
import type { LeaveReason } from "../shared/protocol/messages.ts";
import type { ModerationEvent } from "../shared/protocol/moderation.ts";
import type {
  RecordingAvailable,
  RecordingStopped,
  RunningRecording,
} from "../shared/protocol/recordings.ts";
import type { ParticipantRecord } from "./store/participants.ts";
import type { RoomRecord } from "./store/rooms.ts";

/** What those who lead may change of somebody. */
export type ModeratedFacts = Pick<
  ParticipantRecord,
  | "role"
  | "is_muted"
  | "is_video_enabled"
  | "is_screen_sharing"
  | "is_audio_locked"
  | "is_video_locked"
  | "is_screen_locked"
>;

export type BusEvent =
  /** `POST …/join` is done; a socket should follow within the join grace. */
  | { type: "participant_expected"; room: RoomRecord; participant: ParticipantRecord }
  /** `POST …/join` led to the waiting room; a socket should follow within the join grace. */
  | { type: "participant_waiting"; room: RoomRecord; participant: ParticipantRecord }
  /** Let in from the waiting room; the place is taken already. */
  | { type: "participant_admitted"; room: RoomRecord; participant: ParticipantRecord }
  /** Left the waiting room without being let in. */
  | { type: "waiting_ended"; room_id: number; participant_id: number; reason: LeaveReason }
  /** Somebody who leads changed these facts. */
  | {
    type: "participant_moderated";
    room_id: number;
    participant_id: number;
    facts: Partial<ModeratedFacts>;
  }
  /** For everyone in the room to see, after what it tells of. */
  | { type: "moderation"; room_id: number; event: ModerationEvent }
  /** Left or was sent away by REST or by somebody who leads; the place is free already. */
  | { type: "participant_gone"; room_id: number; participant_id: number; reason: LeaveReason }
  /** A stay is over, however it ended; storage knows. */
  | { type: "participant_left"; room_id: number; user_id: number }
  | { type: "recording_started"; room_id: number; recording: RunningRecording }
  | { type: "recording_stopped"; room_id: number; told: RecordingStopped }
  | { type: "recording_available"; room_id: number; told: RecordingAvailable }
  | { type: "room_updated"; room: RoomRecord }
  | { type: "room_ended"; room: RoomRecord; ended_by: number | null }
  /** Signed out or revoked: sockets that were opened with these close with 4401. */
  | { type: "sessions_ended"; session_ids?: readonly string[]; user_id?: number; link_id?: string };

export interface Bus {
  /** Calls every subscriber before it returns. */
  publish(event: BusEvent): void;
  /** @returns ends the subscription */
  subscribe(listener: (event: BusEvent) => void): () => void;
}

/** A subscriber that throws is reported to `onError`; the others still hear the event. */
export function createBus(onError: (error: unknown, event: BusEvent) => void): Bus {
  const listeners = new Set<(event: BusEvent) => void>();
  return {
    publish(event) {
      for (const listener of [...listeners]) {
        try {
          listener(event);
        } catch (error) {
          onError(error, event);
        }
      }
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
