/** What each event of the server means for the call. One case per message of the protocol. */
import type { ServerMessage } from "../../shared/protocol/messages.ts";
import type { ErrorBody } from "../../shared/protocol/errors.ts";
import type { ModerationEvent, WaitingPerson } from "../../shared/protocol/moderation.ts";
import type { RoomState } from "../../shared/protocol/messages.ts";
import type { VideoParticipant } from "../../shared/protocol/participants.ts";
import type { RunningRecording } from "../../shared/protocol/recordings.ts";
import type { VideoRoom } from "../../shared/protocol/rooms.ts";
import type { Signal } from "../rtc/mesh.ts";

/** The parts of the call that events change. */
export interface CallUpdates {
  state(state: RoomState): void;
  joined(participant: VideoParticipant): void;
  updated(participant: VideoParticipant): void;
  left(participantId: number): void;
  room(room: VideoRoom): void;
  /** By whom (user_id); null: by the server or an administrator. */
  ended(by: number | null): void;
  moderated(event: ModerationEvent): void;
  /** Who waits, for those who may let in. */
  waiting(waiting: readonly WaitingPerson[]): void;
  /** What is being recorded now; null: nothing. */
  recording(running: RunningRecording | null): void;
  signal(from: number, signal: Signal): void;
  refused(error: ErrorBody): void;
}

export function applyMessage(message: ServerMessage, call: CallUpdates): void {
  switch (message.type) {
    case "room_state":
      return call.state(message.data);
    case "participant_joined":
      return call.joined(message.data);
    case "participant_updated":
      return call.updated(message.data);
    case "participant_left":
      return call.left(message.data.participant_id);
    case "room_updated":
      return call.room(message.data);
    case "room_ended":
      return call.ended(message.data.ended_by);
    case "moderation":
      return call.moderated(message.data);
    case "waiting_list":
      return call.waiting(message.data.waiting);
    case "recording_started":
      return call.recording(message.data);
    case "recording_stopped":
      return call.recording(null);
    case "offer":
    case "answer":
    case "ice-candidate":
    case "e2ee":
      if (message.from === undefined) return;
      return call.signal(message.from, { type: message.type, data: message.data } as Signal);
    case "error":
      return call.refused(message.data);
    case "recording_available":
    case "stream_updated":
    case "waiting_state":
    case "admitted":
    case "denied":
    case "ack":
    case "pong":
      // Nothing here shows streams yet; what is said at the door is heard there, acknowledgements
      // and pongs end in the signaling client.
      return;
    default:
      // A newer server may know more events than this page.
      message satisfies never;
  }
}
