/**
 * Moderation on the wire: commands over the socket, bodies over REST. Who may do what is decided by
 * `can` (lib/shared/domain/permissions.ts) for both.
 */
import { z } from "zod";
import { MAX_BAN_REASON_CHARS } from "./limits.ts";
import { Role } from "./participants.ts";
import { QueryBoolean } from "./rooms.ts";

const ParticipantId = z.int().positive();

export const MutedMedia = z.enum(["audio", "video", "screen"]);
export type MutedMedia = z.infer<typeof MutedMedia>;

/**
 * Body of `POST …/participants/{id}/mute`. `muted: true` switches the medium off now; `locked` keeps
 * it off until somebody who may moderate unlocks it. Nobody is ever unmuted by others:
 * `muted: false` only takes the lock away.
 */
export const Mute = z.object({
  media: MutedMedia.default("audio"),
  muted: z.boolean().default(true),
  locked: z.boolean().default(false),
});
export type Mute = z.infer<typeof Mute>;

/** Data of `mute-participant`; without a participant_id: everyone whom the sender may mute. */
export const MuteParticipant = Mute.extend({ participant_id: ParticipantId.optional() });
export type MuteParticipant = z.infer<typeof MuteParticipant>;

export const OneParticipant = z.object({ participant_id: ParticipantId });
export type OneParticipant = z.infer<typeof OneParticipant>;

export const BanReason = z.string().trim().max(MAX_BAN_REASON_CHARS).default("");

/** Query of `DELETE …/participants/{id}`. */
export const RemoveQuery = z.object({
  /** For good: neither this account nor this browser gets in again. */
  ban: QueryBoolean.default(false),
  /** Of the ban, for those who lead. */
  reason: BanReason,
});
export type RemoveQuery = z.infer<typeof RemoveQuery>;

/** Data of `ban-participant`. */
export const BanParticipant = OneParticipant.extend({ reason: BanReason });
export type BanParticipant = z.infer<typeof BanParticipant>;

/** Data of `admit-participant` and `deny-participant`; without a participant_id: all who wait. */
export const WaitingDecision = z.object({ participant_id: ParticipantId.optional() });
export type WaitingDecision = z.infer<typeof WaitingDecision>;

/** Body of `POST …/participants/{id}/role`. Guests can become moderators, never hosts. */
export const SetRole = z.object({ role: Role });
export type SetRole = z.infer<typeof SetRole>;

/** Data of `set-role`. */
export const SetParticipantRole = SetRole.extend({ participant_id: ParticipantId });
export type SetParticipantRole = z.infer<typeof SetParticipantRole>;

/** Data of `lock-room`: a locked room lets nobody new in. */
export const LockRoom = z.object({ locked: z.boolean() });
export type LockRoom = z.infer<typeof LockRoom>;

/** Somebody in front of the door. Nothing else is known of the room on their side. */
export const WaitingPerson = z.object({
  participant_id: ParticipantId,
  user_name: z.string(),
  is_guest: z.boolean(),
  waiting_since: z.iso.datetime(),
});
export type WaitingPerson = z.infer<typeof WaitingPerson>;

/** Row of `GET …/bans`. Holds on the browser and on the account, in this room only. */
export const Ban = z.object({
  ban_id: z.int().positive(),
  room_id: z.int().positive(),
  user_id: z.int().positive(),
  user_name: z.string(),
  reason: z.string(),
  banned_by: z.int().positive(),
  banned_by_name: z.string(),
  banned_at: z.iso.datetime(),
});
export type Ban = z.infer<typeof Ban>;

export const ModerationAction = z.enum([
  "mute",
  "unlock",
  "remove",
  "ban",
  "unban",
  "admit",
  "deny",
  "set_role",
  "lock_room",
  "unlock_room",
]);
export type ModerationAction = z.infer<typeof ModerationAction>;

/** Who did something, or to whom it was done. */
export interface ModerationParty {
  /** Null: acts by REST and was never in the call. */
  participant_id: number | null;
  user_name: string;
}

/** Data of the `moderation` event: everyone sees what was done and by whom. */
export interface ModerationEvent {
  action: ModerationAction;
  /** Null: by the server itself, or by an administrator. */
  by: ModerationParty | null;
  /** Null: everyone, or the room. */
  target: ModerationParty | null;
  media?: MutedMedia;
  locked?: boolean;
  role?: Role;
}

/** Data of `waiting_state`: all that somebody in front of the door is told. */
export interface WaitingState {
  room_name: string;
  /** One's own. */
  participant_id: number;
  /** Somebody is there who could open. */
  moderators_online: boolean;
}

/** Nothing is in it yet. */
export type Empty = Record<string, never>;
