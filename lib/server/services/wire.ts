/** Records as the protocol shows them. */
import { permissionsOf } from "../../shared/domain/permissions.ts";
import type { JoinAnswer, VideoParticipant } from "../../shared/protocol/participants.ts";
import type { GuestLink } from "../../shared/protocol/auth.ts";
import type { Ban, WaitingPerson } from "../../shared/protocol/moderation.ts";
import type { VideoRoom } from "../../shared/protocol/rooms.ts";
import type { BanRecord } from "../store/bans.ts";
import type { GuestLinkRecord } from "../store/guest_links.ts";
import type { ParticipantRecord } from "../store/participants.ts";
import type { RoomRecord } from "../store/rooms.ts";
import type { Joined } from "./participants.ts";

/** @param origin as in `https://call.example.com` */
export function roomToWire(room: RoomRecord, origin: string): VideoRoom {
  const { ended_at: _, ...shown } = room;
  return { ...shown, room_url: `${origin}/video/room/${room.room_code}` };
}

export function participantToWire(row: ParticipantRecord): VideoParticipant {
  const {
    left_at: _left,
    stay: _stay,
    is_admitted: _admitted,
    waiting_since: _waiting,
    browser_id: _browser,
    unseen: _unseen,
    orders: _orders,
    ...shown
  } = row;
  return { ...shown, permissions: permissionsOf(row.role) };
}

export function joinToWire(joined: Joined, origin: string): JoinAnswer {
  const { room, participant, token, iceServers } = joined;
  const self = {
    ...participantToWire(participant),
    session_token: token,
    ws_url: `${origin.replace(/^http/, "ws")}/video/ws/${room.room_code}/${participant.user_id}`,
    ice_servers: iceServers,
  };
  if (participant.waiting_since === null) {
    return { ...self, status: "joined", room: roomToWire(room, origin) };
  }
  const { room_name, room_code } = room;
  return { ...self, status: "waiting", room: { room_name, room_code } };
}

export function waitingToWire(row: ParticipantRecord): WaitingPerson {
  const { participant_id, user_name, is_guest, waiting_since } = row;
  return { participant_id, user_name, is_guest, waiting_since: waiting_since ?? row.joined_at };
}

export function banToWire({ browser_id: _, ...ban }: BanRecord): Ban {
  return ban;
}

export function guestLinkToWire(link: GuestLinkRecord): GuestLink {
  const { room_id: _, expires_at, ...shown } = link;
  return { ...shown, expires_at: new Date(expires_at).toISOString() };
}
