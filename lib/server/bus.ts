/** What services tell the hub, in process and in order. */
import type { LeaveReason } from "../shared/protocol/messages.ts";
import type { ParticipantRecord } from "./store/participants.ts";
import type { RoomRecord } from "./store/rooms.ts";

export type BusEvent =
  /** `POST …/join` is done; a socket should follow within the join grace. */
  | { type: "participant_expected"; room: RoomRecord; participant: ParticipantRecord }
  /** Left by REST; the place is free already. */
  | { type: "participant_gone"; room_id: number; participant_id: number; reason: LeaveReason }
  | { type: "room_updated"; room: RoomRecord }
  | { type: "room_ended"; room: RoomRecord; ended_by: number | null };

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
