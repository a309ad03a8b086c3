/** Participants on the wire (video-api.ru.md, "Участники" and "VideoParticipant"). */
import { z } from "zod";
import { UserName } from "./auth.ts";
import { VideoRoom } from "./rooms.ts";

export const Role = z.enum(["host", "moderator", "participant", "guest"]);
export type Role = z.infer<typeof Role>;

export const Permissions = z.object({
  can_mute_others: z.boolean(),
  can_remove_others: z.boolean(),
  can_start_recording: z.boolean(),
});
export type Permissions = z.infer<typeof Permissions>;

/**
 * What a client can do beyond the documents' sample client.
 * `mesh-1`: fixed m-lines, one negotiated data channel, negotiation ids; offers as a newcomer.
 * `peerjs-1`: a PeerJS client, with one connection per call; set by the server, whatever is asked.
 */
export const Capability = z.enum(["mesh-1", "e2ee-1", "peerjs-1"]);
export type Capability = z.infer<typeof Capability>;

export const VideoParticipant = z.object({
  participant_id: z.int().positive(),
  room_id: z.int().positive(),
  user_id: z.int().positive(),
  user_name: z.string(),
  user_avatar: z.string().nullable(),
  joined_at: z.iso.datetime(),
  /** A socket is open right now. False during the grace after a broken one. */
  is_online: z.boolean(),
  is_muted: z.boolean(),
  is_video_enabled: z.boolean(),
  is_screen_sharing: z.boolean(),
  is_hand_raised: z.boolean(),
  /** Muted by somebody who leads, until one of them unlocks it; camera and screen likewise. */
  is_audio_locked: z.boolean(),
  is_video_locked: z.boolean(),
  is_screen_locked: z.boolean(),
  /** Came by a guest link: can become moderator, never host. */
  is_guest: z.boolean(),
  role: Role,
  permissions: Permissions,
  capabilities: z.array(Capability),
});
export type VideoParticipant = z.infer<typeof VideoParticipant>;

/** Body of `POST /video/rooms/{code}/join`; the documents send none. */
export const JoinRoom = z.object({
  /** The name to show in this room; the account's name otherwise. */
  user_name: UserName.optional(),
  is_muted: z.boolean().default(false),
  is_video_enabled: z.boolean().default(true),
  /** Unknown words are left out, so that newer clients can talk to older servers. */
  capabilities: z.array(z.string().max(32)).max(16).default([]).transform((words) =>
    words.filter((word): word is Capability => Capability.safeParse(word).success)
  ),
  /** Made up for this one join: a socket that names it may set out beside the join. */
  socket_ticket: z.string().regex(/^[\w-]{22,64}$/).optional(),
});
export type JoinRoom = z.infer<typeof JoinRoom>;

export const IceServer = z.object({
  urls: z.union([z.string(), z.array(z.string())]),
  username: z.string().optional(),
  credential: z.string().optional(),
});
export type IceServer = z.infer<typeof IceServer>;

/**
 * Answer of `GET /api/ice-servers`. Relays are named to people in a call only. Credentials expire
 * within six hours; ask again before.
 */
export const IceServersAnswer = z.object({ ice_servers: z.array(IceServer) });
export type IceServersAnswer = z.infer<typeof IceServersAnswer>;

/** Answer of `POST …/join`: the participant and everything needed to connect. */
export const JoinedAnswer = VideoParticipant.extend({
  status: z.literal("joined"),
  /** Participant token, bound to room and participant. */
  session_token: z.string(),
  ws_url: z.string(),
  ice_servers: z.array(IceServer),
  room: VideoRoom,
});
export type JoinedAnswer = z.infer<typeof JoinedAnswer>;

/** Answer of `POST …/join` to somebody who has to be let in first. */
export const WaitingAnswer = JoinedAnswer.extend({
  status: z.literal("waiting"),
  /** Empty until let in: ask again by `GET /api/ice-servers`. */
  ice_servers: z.array(IceServer).max(0),
  /** All that is known of a room in front of its door. */
  room: z.object({ room_name: z.string(), room_code: z.string() }),
});
export type WaitingAnswer = z.infer<typeof WaitingAnswer>;

export const JoinAnswer = z.discriminatedUnion("status", [JoinedAnswer, WaitingAnswer]);
export type JoinAnswer = z.infer<typeof JoinAnswer>;
