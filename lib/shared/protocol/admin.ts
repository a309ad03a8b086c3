/**
 * Administration on the wire: `/api/admin/*`. Only administrators reach it, with a token of their
 * own (audience `admin`) or the cookie `vc_admin`. Every list answers `{items, total, limit, offset}`.
 * The server itself (status, audit log, settings) is in `admin_operations.ts`.
 */
import { z } from "zod";
import {
  DEFAULT_PAGE_LIMIT,
  MAX_ADMIN_NAME_CHARS,
  MAX_PAGE_LIMIT,
  MAX_PASSWORD_CHARS,
  MAX_SEARCH_CHARS,
  MIN_ADMIN_PASSWORD_CHARS,
} from "./limits.ts";
import { Ban } from "./moderation.ts";
import { VideoParticipant } from "./participants.ts";
import { QueryBoolean, VideoRoom } from "./rooms.ts";

const Id = z.int().positive();

// ── Accounts ────────────────────────────────────────────────────────────────────────────────────

/** Lower-cased on the way in: `Anna` and `anna` are one account. */
export const AdminName = z.string().trim().toLowerCase().min(1).max(MAX_ADMIN_NAME_CHARS)
  .regex(/^[\p{L}\p{N}._@-]+$/u);

/** For a new password; for signing in any length is looked at. */
export const AdminPassword = z.string().min(MIN_ADMIN_PASSWORD_CHARS).max(MAX_PASSWORD_CHARS);

/** Body of `POST /api/admin/login`. */
export const AdminLogin = z.object({
  username: AdminName,
  password: z.string().min(1).max(MAX_PASSWORD_CHARS),
});
export type AdminLogin = z.infer<typeof AdminLogin>;

/** Answer of `GET /api/admin/me`. */
export const Admin = z.object({
  admin_id: Id,
  username: z.string(),
  created_at: z.iso.datetime(),
});
export type Admin = z.infer<typeof Admin>;

/** Answer of `POST /api/admin/login`. */
export const AdminLoginAnswer = z.object({ token: z.string(), admin: Admin });
export type AdminLoginAnswer = z.infer<typeof AdminLoginAnswer>;

// ── Lists ───────────────────────────────────────────────────────────────────────────────────────

export const Paging = {
  limit: z.coerce.number().int().min(1).max(MAX_PAGE_LIMIT).default(DEFAULT_PAGE_LIMIT),
  offset: z.coerce.number().int().min(0).default(0),
};
export const Search = z.string().trim().max(MAX_SEARCH_CHARS).optional();

/** Query of lists that have nothing to search for. */
export const PageQuery = z.object(Paging);
export type PageQuery = z.infer<typeof PageQuery>;

export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({
    items: z.array(item),
    /** All that match, on every page. */
    total: z.int().min(0),
    limit: z.int(),
    offset: z.int(),
  });
}

export interface Page<Item> {
  items: Item[];
  total: number;
  limit: number;
  offset: number;
}

// ── Rooms ───────────────────────────────────────────────────────────────────────────────────────

/** Query of `GET /api/admin/rooms`; newest first. */
export const AdminRoomsQuery = z.object({
  ...Paging,
  /** In the name, the description or the code, or a whole room_id. */
  q: Search,
  /** `true`: not ended, `false`: ended. */
  active: QueryBoolean.optional(),
  /** `true`: somebody is in it now. */
  occupied: QueryBoolean.optional(),
});
export type AdminRoomsQuery = z.infer<typeof AdminRoomsQuery>;

/** Row of `GET /api/admin/rooms`. */
export const AdminRoom = VideoRoom.extend({
  ended_at: z.iso.datetime().nullable(),
  created_by_name: z.string(),
  /** In the room now, the offline grace included. */
  participants: z.int().min(0),
  /** With an open socket. */
  online: z.int().min(0),
});
export type AdminRoom = z.infer<typeof AdminRoom>;

/** Answer of `GET /api/admin/rooms/{room_id}`. `DELETE` there ends the room: 204. */
export const AdminRoomDetails = AdminRoom.extend({ present: z.array(VideoParticipant) });
export type AdminRoomDetails = z.infer<typeof AdminRoomDetails>;

// ── People ──────────────────────────────────────────────────────────────────────────────────────

/** Query of `GET /api/admin/users`; newest first. */
export const AdminUsersQuery = z.object({
  ...Paging,
  /** In the name, or a whole user_id. */
  q: Search,
  guests: QueryBoolean.optional(),
});
export type AdminUsersQuery = z.infer<typeof AdminUsersQuery>;

/** Row of `GET /api/admin/users`. `POST /api/admin/users/{user_id}/sign-out` ends its sessions: 204. */
export const AdminUser = z.object({
  user_id: Id,
  user_name: z.string(),
  is_guest: z.boolean(),
  created_at: z.iso.datetime(),
  /** Sign-ins that still hold. */
  sessions: z.int().min(0),
});
export type AdminUser = z.infer<typeof AdminUser>;

export const GuestLinkState = z.enum(["active", "expired", "revoked", "used_up"]);
export type GuestLinkState = z.infer<typeof GuestLinkState>;

/** Query of `GET /api/admin/guest-links`; newest first. */
export const AdminGuestLinksQuery = z.object({
  ...Paging,
  /** In the name of the room or of who made the link, or a whole room code. */
  q: Search,
  state: GuestLinkState.optional(),
});
export type AdminGuestLinksQuery = z.infer<typeof AdminGuestLinksQuery>;

/** Row of `GET /api/admin/guest-links`; `DELETE /api/admin/guest-links/{link_id}` revokes: 204. */
export const AdminGuestLink = z.object({
  link_id: z.string(),
  room_id: Id,
  room_name: z.string(),
  room_code: z.string(),
  created_by: Id,
  created_by_name: z.string(),
  created_at: z.iso.datetime(),
  expires_at: z.iso.datetime(),
  max_uses: z.int().positive().nullable(),
  uses: z.int().min(0),
  /** Suggested to the guest. */
  user_name: z.string().nullable(),
  revoked_at: z.iso.datetime().nullable(),
  state: GuestLinkState,
});
export type AdminGuestLink = z.infer<typeof AdminGuestLink>;

/** Query of `GET /api/admin/bans`; newest first. */
export const AdminBansQuery = z.object({
  ...Paging,
  /** In the name of the banned or of the room, or a whole room code. */
  q: Search,
});
export type AdminBansQuery = z.infer<typeof AdminBansQuery>;

/** Row of `GET /api/admin/bans`; `DELETE /api/admin/bans/{ban_id}` lifts it: 204. */
export const AdminBan = Ban.extend({ room_name: z.string(), room_code: z.string() });
export type AdminBan = z.infer<typeof AdminBan>;

// ── Quality ─────────────────────────────────────────────────────────────────────────────────────

export const LinkQuality = z.object({
  participant_id: Id,
  user_name: z.string(),
  rtt_ms: z.number().nullable(),
  jitter_ms: z.number().nullable(),
  /** 0 to 1. */
  loss: z.number().nullable(),
  relayed: z.boolean(),
});
export type LinkQuality = z.infer<typeof LinkQuality>;

/** Row of `GET /api/admin/quality`: the last report of one participant, worst link first. */
export const ParticipantQuality = z.object({
  room_id: Id,
  room_name: z.string(),
  participant_id: Id,
  user_name: z.string(),
  reported_at: z.iso.datetime(),
  links: z.array(LinkQuality),
});
export type ParticipantQuality = z.infer<typeof ParticipantQuality>;

/** Query of `GET /api/admin/quality`; people with the worst connection first. */
export const AdminQualityQuery = z.object({
  ...Paging,
  room_id: z.coerce.number().int().positive().optional(),
});
export type AdminQualityQuery = z.infer<typeof AdminQualityQuery>;
