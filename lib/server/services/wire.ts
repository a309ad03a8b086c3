/** Records as the protocol shows them. */
import { permissionsOf } from "../../shared/domain/permissions.ts";
import type { JoinAnswer, VideoParticipant } from "../../shared/protocol/participants.ts";
import type { VideoRoom } from "../../shared/protocol/rooms.ts";
import type { ParticipantRecord } from "../store/participants.ts";
import type { RoomRecord } from "../store/rooms.ts";
import type { Joined } from "./participants.ts";

/** @param origin as in `https://call.example.com` */
export function roomToWire(room: RoomRecord, origin: string): VideoRoom {
  const { ended_at: _, ...shown } = room;
  return { ...shown, room_url: `${origin}/video/room/${room.room_code}` };
}

export function participantToWire(row: ParticipantRecord): VideoParticipant {
  const { left_at: _left, stay: _stay, ...shown } = row;
  return { ...shown, permissions: permissionsOf(row.role) };
}

export function joinToWire(joined: Joined, origin: string): JoinAnswer {
  const { room, participant, token, iceServers } = joined;
  const socketOrigin = origin.replace(/^http/, "ws");
  return {
    ...participantToWire(participant),
    status: "joined",
    session_token: token,
    ws_url: `${socketOrigin}/video/ws/${room.room_code}/${participant.user_id}`,
    ice_servers: iceServers,
    room: roomToWire(room, origin),
  };
}
