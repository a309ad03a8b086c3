/** Rooms on the wire (video-api.ru.md, "Комнаты" and "VideoRoom"). */
import { z } from "zod";
import {
  DEFAULT_PAGE_LIMIT,
  MAX_PAGE_LIMIT,
  MAX_PARTICIPANTS,
  MAX_ROOM_DESCRIPTION_CHARS,
  MAX_ROOM_NAME_CHARS,
  MIN_PARTICIPANTS,
  ROOM_CODE_ALPHABET,
  ROOM_CODE_CHARS,
} from "./limits.ts";

/** Upper-cased on the way in: people type codes by hand. */
export const RoomCode = z.string().trim().toUpperCase().regex(
  new RegExp(`^[${ROOM_CODE_ALPHABET}]{${ROOM_CODE_CHARS}}$`),
);

const RoomName = z.string().trim().min(1).max(MAX_ROOM_NAME_CHARS);
const RoomDescription = z.string().trim().max(MAX_ROOM_DESCRIPTION_CHARS);
const MaxParticipants = z.int().min(MIN_PARTICIPANTS).max(MAX_PARTICIPANTS);

/** Who must be let in by a host while `waiting_room_enabled`; those who lead never wait. */
export const WaitingRoomFor = z.enum(["guests", "all"]);
export type WaitingRoomFor = z.infer<typeof WaitingRoomFor>;

/** Body of `POST /video/rooms`. Only the name is required. */
export const CreateRoom = z.object({
  room_name: RoomName,
  room_description: RoomDescription.default(""),
  is_private: z.boolean().default(false),
  max_participants: MaxParticipants.default(MAX_PARTICIPANTS),
  recording_enabled: z.boolean().default(true),
  /** Left out: as the server's administrators set it, by default false. */
  waiting_room_enabled: z.boolean().optional(),
  waiting_room_for: WaitingRoomFor.default("guests"),
  /** A locked room lets nobody new in. */
  is_locked: z.boolean().default(false),
  e2ee_required: z.boolean().default(false),
});
export type CreateRoom = z.infer<typeof CreateRoom>;

/** Body of `PATCH /video/rooms/{code}`: any subset. */
export const UpdateRoom = z.object({
  room_name: RoomName.optional(),
  room_description: RoomDescription.optional(),
  is_private: z.boolean().optional(),
  max_participants: MaxParticipants.optional(),
  recording_enabled: z.boolean().optional(),
  waiting_room_enabled: z.boolean().optional(),
  waiting_room_for: WaitingRoomFor.optional(),
  is_locked: z.boolean().optional(),
});
export type UpdateRoom = z.infer<typeof UpdateRoom>;

export const VideoRoom = z.object({
  room_id: z.int().positive(),
  room_name: z.string(),
  room_description: z.string(),
  room_code: z.string(),
  room_url: z.url(),
  is_private: z.boolean(),
  max_participants: z.int(),
  recording_enabled: z.boolean(),
  waiting_room_enabled: z.boolean(),
  waiting_room_for: WaitingRoomFor,
  /** Nobody new gets in; those who lead, and those who hold a place, do. */
  is_locked: z.boolean(),
  e2ee_required: z.boolean(),
  created_at: z.iso.datetime(),
  created_by: z.int(),
  is_active: z.boolean(),
});
export type VideoRoom = z.infer<typeof VideoRoom>;

/** Booleans in a query string are words, not JSON. */
export const QueryBoolean = z.enum(["true", "false"]).transform((word) => word === "true");

/** Query of `GET /video/rooms`. */
export const RoomListQuery = z.object({
  limit: z.coerce.number().int().min(1).max(MAX_PAGE_LIMIT).default(DEFAULT_PAGE_LIMIT),
  offset: z.coerce.number().int().min(0).default(0),
  is_private: QueryBoolean.optional(),
  /** Only rooms the caller made or joined. */
  mine: QueryBoolean.default(false),
});
export type RoomListQuery = z.infer<typeof RoomListQuery>;
