/** Leading a room: the same orders as over the WebSocket, decided by the same rule. */
import { z } from "zod";
import { Ban, Mute, RemoveQuery, SetRole } from "./moderation.ts";
import { EXAMPLE_BAN, EXAMPLE_PARTICIPANT } from "./operations_examples.ts";
import {
  type Answer,
  answer,
  body,
  done,
  type Operation,
  ROOM_ERRORS,
} from "./operations_model.ts";
import {
  BAN_ID,
  PARTICIPANT_ID,
  PARTICIPANT_OR_ALL,
  ROOM_CODE,
  WAITING_OR_ALL,
} from "./operations_parameters.ts";
import { VideoParticipant } from "./participants.ts";

const ORDER_ERRORS = [...ROOM_ERRORS, "PARTICIPANT_NOT_FOUND", "CONFLICT"] as const;

const GUEST = {
  ...EXAMPLE_PARTICIPANT,
  participant_id: 2,
  user_id: 2,
  user_name: "Bob",
  is_guest: true,
  role: "guest",
  permissions: { can_mute_others: false, can_remove_others: false, can_start_recording: false },
} as const satisfies Record<string, unknown>;

function asTheyAreNow(example: VideoParticipant): Answer {
  return answer(200, {
    description: "The participant as it is now; with `all` a list of them",
    schema: z.union([VideoParticipant, z.array(VideoParticipant)]),
    example,
  });
}

export const MODERATION_OPERATIONS: readonly Operation[] = [
  {
    id: "muteParticipant",
    group: "Moderation",
    method: "POST",
    path: "/video/rooms/{room_code}/participants/{participant_id}/mute",
    summary: "Switch somebody's microphone, camera or screen off",
    details:
      "Everybody's client enforces it. Nobody is ever unmuted by others: `muted: false` only " +
      "takes a lock away.",
    who: "lead",
    params: { room_code: ROOM_CODE, participant_id: PARTICIPANT_OR_ALL },
    body: body(Mute, { media: "audio", muted: true, locked: true }),
    answers: [asTheyAreNow({ ...GUEST, is_muted: true, is_audio_locked: true })],
    errors: ORDER_ERRORS,
  },
  {
    id: "removeParticipant",
    group: "Moderation",
    method: "DELETE",
    path: "/video/rooms/{room_code}/participants/{participant_id}",
    summary: "Send somebody out of the room",
    details: "With `ban=true` for good: another guest link or another name does not help.",
    who: "lead",
    params: { room_code: ROOM_CODE, participant_id: PARTICIPANT_ID },
    query: { schema: RemoveQuery, example: { ban: true, reason: "Spam" } },
    answers: [done("Gone")],
    errors: ORDER_ERRORS,
  },
  {
    id: "admitParticipant",
    group: "Moderation",
    method: "POST",
    path: "/video/rooms/{room_code}/participants/{participant_id}/admit",
    summary: "Let somebody in from the waiting room",
    who: "lead",
    params: { room_code: ROOM_CODE, participant_id: WAITING_OR_ALL },
    answers: [asTheyAreNow({ ...GUEST, is_online: false })],
    errors: [...ORDER_ERRORS, "ROOM_FULL"],
  },
  {
    id: "denyParticipant",
    group: "Moderation",
    method: "POST",
    path: "/video/rooms/{room_code}/participants/{participant_id}/deny",
    summary: "Send somebody away from the waiting room",
    who: "lead",
    params: { room_code: ROOM_CODE, participant_id: WAITING_OR_ALL },
    answers: [done("Sent away")],
    errors: ORDER_ERRORS,
  },
  {
    id: "setRole",
    group: "Moderation",
    method: "POST",
    path: "/video/rooms/{room_code}/participants/{participant_id}/role",
    summary: "Give somebody another role",
    details: "A guest can become moderator, never host. The last host cannot step down.",
    who: "host",
    params: { room_code: ROOM_CODE, participant_id: PARTICIPANT_ID },
    body: body(SetRole, { role: "moderator" }),
    answers: [
      answer(200, {
        description: "The participant as it is now",
        schema: VideoParticipant,
        example: {
          ...GUEST,
          role: "moderator",
          permissions: EXAMPLE_PARTICIPANT.permissions,
        },
      }),
    ],
    errors: ORDER_ERRORS,
  },
  {
    id: "listBans",
    group: "Moderation",
    method: "GET",
    path: "/video/rooms/{room_code}/bans",
    summary: "Who is banned from a room, newest first",
    who: "lead",
    params: { room_code: ROOM_CODE },
    answers: [
      answer(200, { description: "The bans", schema: z.array(Ban), example: [EXAMPLE_BAN] }),
    ],
    errors: ROOM_ERRORS,
  },
  {
    id: "liftBan",
    group: "Moderation",
    method: "DELETE",
    path: "/video/rooms/{room_code}/bans/{ban_id}",
    summary: "Lift a ban",
    who: "lead",
    params: { room_code: ROOM_CODE, ban_id: BAN_ID },
    answers: [done("Lifted")],
    errors: [...ROOM_ERRORS, "CONFLICT"],
  },
];
