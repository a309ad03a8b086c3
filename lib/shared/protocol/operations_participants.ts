/** Being in a room (video-api.ru.md, "Участники"). */
import { z } from "zod";
import { EXAMPLE_ICE_SERVERS, EXAMPLE_JOIN, EXAMPLE_PARTICIPANT } from "./operations_examples.ts";
import {
  answer,
  body,
  done,
  type Operation,
  ROOM_ERRORS,
  ROOM_ERRORS_OUTSIDE,
} from "./operations_model.ts";
import { PEERJS_REALM, ROOM_CODE } from "./operations_parameters.ts";
import { IceServersAnswer, JoinAnswer, JoinRoom, VideoParticipant } from "./participants.ts";
import { MediaStream } from "./streams.ts";

export const PARTICIPANT_OPERATIONS: readonly Operation[] = [
  {
    id: "joinRoom",
    group: "Participants",
    method: "POST",
    path: "/video/rooms/{room_code}/join",
    summary: "Join a room",
    details:
      "Answers you as a participant, and everything needed to connect. The place is held for " +
      "a minute: open the WebSocket at `ws_url` by then. Joining again is coming back to it. Who has " +
      'to be let in first gets `status: "waiting"`, and waits on the same WebSocket.',
    who: "session",
    params: { room_code: ROOM_CODE },
    body: body(JoinRoom, { is_muted: true }),
    answers: [
      answer(200, {
        description: "You, as a participant",
        schema: JoinAnswer,
        example: { ...EXAMPLE_JOIN, is_muted: true },
      }),
    ],
    errors: [
      ...ROOM_ERRORS_OUTSIDE,
      "BANNED",
      "ENCRYPTION_REQUIRED",
      "DENIED",
      "ROOM_LOCKED",
      "ROOM_FULL",
      "CONFLICT",
    ],
  },
  {
    id: "leaveRoom",
    group: "Participants",
    method: "DELETE",
    path: "/video/rooms/{room_code}/leave",
    summary: "Leave a room",
    details: "Frees the place. Safe to repeat, also after the room has ended.",
    who: "person",
    params: { room_code: ROOM_CODE },
    answers: [done("You are no longer in the room")],
    errors: ["ROOM_NOT_FOUND", "PARTICIPANT_NOT_FOUND", "TOO_MANY_REQUESTS", "CONFLICT"],
  },
  {
    id: "leaveRoomByBeacon",
    group: "Participants",
    method: "POST",
    path: "/video/rooms/{room_code}/leave",
    summary: "Leave a room, from a page that goes away",
    details: "The same for `navigator.sendBeacon`, which can only POST.",
    who: "person",
    params: { room_code: ROOM_CODE },
    answers: [done("You are no longer in the room")],
    errors: ["ROOM_NOT_FOUND", "PARTICIPANT_NOT_FOUND", "TOO_MANY_REQUESTS", "CONFLICT"],
  },
  {
    id: "listParticipants",
    group: "Participants",
    method: "GET",
    path: "/video/rooms/{room_code}/participants",
    summary: "Who is in a room",
    details: "Everyone who holds a place, those included whose connection broke a moment ago.",
    who: "person",
    params: { room_code: ROOM_CODE },
    answers: [
      answer(200, {
        description: "The participants",
        schema: z.array(VideoParticipant),
        example: [EXAMPLE_PARTICIPANT],
      }),
    ],
    errors: ROOM_ERRORS,
  },
  {
    id: "listStreams",
    group: "Participants",
    method: "GET",
    path: "/video/rooms/{room_code}/streams",
    summary: "What is being sent in a room",
    who: "person",
    params: { room_code: ROOM_CODE },
    answers: [
      answer(200, {
        description: "The streams",
        schema: z.array(MediaStream),
        example: [{
          stream_id: 1,
          room_id: 1,
          participant_id: 1,
          stream_type: "video",
          stream_id_webrtc: "stream_123",
          is_active: true,
          quality: "auto",
          bitrate: 1500,
          resolution: "720p",
        }],
      }),
    ],
    errors: ROOM_ERRORS,
  },
  {
    id: "getIceServers",
    group: "Participants",
    method: "GET",
    path: "/api/ice-servers",
    summary: "STUN and TURN servers for your connections",
    details:
      "Relays (TURN) are named to people in a call only, not to those who still wait to be let " +
      "in. Credentials expire within six hours; ask again before.",
    who: "person",
    answers: [
      answer(200, {
        description: "As `RTCPeerConnection` takes them",
        schema: IceServersAnswer,
        example: { ice_servers: EXAMPLE_ICE_SERVERS },
      }),
    ],
  },
  {
    id: "getPeerId",
    group: "Participants",
    method: "GET",
    path: "/peerjs/{key}/id",
    summary: "A name for a PeerJS client that has none",
    details:
      "Asked for by PeerJS clients that were given no id. It does not count: whom a client speaks " +
      "for follows from its token, and its peer id is `<room_code>-<participant_id>`. Plain text, " +
      "or JSON with `Accept: application/json`.",
    who: "anyone",
    params: { key: PEERJS_REALM },
    answers: [{
      ...answer(200, {
        description: "Any name",
        schema: z.uuid(),
        example: "5d3f2f0e-8a8c-4c5f-9f55-0f5a7c0e4c1d",
      }),
      otherTypes: ["text/plain"],
    }],
  },
];
