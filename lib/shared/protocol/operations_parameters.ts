/** Parts of paths that several operations share. */
import { z } from "zod";
import { ROOM_CODE_CHARS } from "./limits.ts";
import type { PathParameter } from "./operations_model.ts";

const Word = z.string().min(1).max(64);

/** Any text may stand there: what is no code is a room that does not exist. */
export const ROOM_CODE: PathParameter = {
  schema: Word,
  description:
    `Code of the room: ${ROOM_CODE_CHARS} letters and digits without look-alikes, in any case.`,
  variable: "CODE",
};

export const PEERJS_REALM: PathParameter = {
  schema: Word,
  description: "`key` of the PeerJS client: `peerjs`, or the code of the room.",
  variable: "CODE",
};

export const ROOM_REFERENCE: PathParameter = {
  schema: Word,
  description: "`room_code` or `room_id` of the room; by its id only those who lead it find it.",
  variable: "ROOM",
};

const Id = z.int().positive();

export const PARTICIPANT_ID: PathParameter = {
  schema: Id,
  description: "`participant_id`.",
  variable: "PARTICIPANT",
};

export const PARTICIPANT_OR_ALL: PathParameter = {
  schema: z.union([Id, z.literal("all")]),
  description: "`participant_id`, or `all`.",
  variable: "PARTICIPANT",
};

export const WAITING_OR_ALL: PathParameter = {
  schema: z.union([Id, z.literal("all")]),
  description: "`participant_id` of somebody in the waiting room, or `all`.",
  variable: "WAITING",
};

export const BAN_ID: PathParameter = { schema: Id, description: "`ban_id`.", variable: "BAN" };

export const LINK_ID: PathParameter = {
  schema: Word,
  description: "`link_id`.",
  variable: "LINK",
};

export const ROOM_ID: PathParameter = { schema: Id, description: "`room_id`.", variable: "ROOM" };

export const RECORDING_ID: PathParameter = {
  schema: Id,
  description: "`recording_id`.",
  variable: "RECORDING",
};

export const UPLOAD_ID: PathParameter = {
  schema: Word,
  description: "`upload_id`.",
  variable: "UPLOAD",
};

export const USER_ID: PathParameter = { schema: Id, description: "`user_id`.", variable: "USER" };
