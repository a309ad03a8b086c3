/** Administration: rooms and people. */
import type { z } from "zod";
import {
  Admin,
  AdminBan,
  AdminBansQuery,
  AdminGuestLink,
  AdminGuestLinksQuery,
  AdminLogin,
  AdminLoginAnswer,
  AdminQualityQuery,
  AdminRoom,
  AdminRoomDetails,
  AdminRoomsQuery,
  AdminUser,
  AdminUsersQuery,
  pageOf,
  ParticipantQuality,
} from "./admin.ts";
import { Logout } from "./auth.ts";
import {
  EXAMPLE_BAN,
  EXAMPLE_GUEST_LINK,
  EXAMPLE_PARTICIPANT,
  EXAMPLE_ROOM,
  EXAMPLE_TIME,
  EXAMPLE_TOKEN,
} from "./operations_examples.ts";
import { answer, body, done, type Operation } from "./operations_model.ts";
import { BAN_ID, LINK_ID, ROOM_ID, USER_ID } from "./operations_parameters.ts";

const EXAMPLE_ADMIN: Admin = { admin_id: 1, username: "root", created_at: EXAMPLE_TIME };

const LISTED_ROOM: AdminRoom = {
  ...EXAMPLE_ROOM,
  ended_at: null,
  created_by_name: "Ann",
  participants: 1,
  online: 1,
};

interface AdminList<Item extends z.ZodType> {
  id: string;
  path: string;
  summary: string;
  details?: string;
  query: z.ZodObject;
  example: Record<string, unknown>;
  item: Item;
  row: z.output<Item>;
}

/** Every list of the administration comes in pages. */
export function adminList<Item extends z.ZodType>(list: AdminList<Item>): Operation {
  const { query, example, item, row, ...rest } = list;
  // The union of a page's type with an unknown item is beyond the compiler.
  const page = { items: [row], total: 1, limit: 20, offset: 0 };
  return {
    ...rest,
    group: "Administration",
    method: "GET",
    who: "admin",
    query: { schema: query, example },
    answers: [{ status: 200, description: "One page", schema: pageOf(item), example: page }],
  };
}

export const ADMIN_OPERATIONS: readonly Operation[] = [
  {
    id: "adminSignIn",
    group: "Administration",
    method: "POST",
    path: "/api/admin/login",
    summary: "Sign in as an administrator",
    details: "Accounts are made at the server's command line. The token opens the administration " +
      "and nothing else.",
    who: "anyone",
    body: body(AdminLogin, { username: "$ADMIN", password: "$ADMIN_PASSWORD" }),
    answers: [
      answer(200, {
        description: "Signed in",
        schema: AdminLoginAnswer,
        example: { token: EXAMPLE_TOKEN, admin: EXAMPLE_ADMIN },
      }),
    ],
    errors: ["INVALID_CREDENTIALS", "TOO_MANY_REQUESTS"],
  },
  {
    id: "adminSignOut",
    group: "Administration",
    method: "POST",
    path: "/api/admin/logout",
    summary: "Sign out as an administrator",
    details: "Here, or with `everywhere` on all devices. The cookie is taken back.",
    who: "admin",
    body: body(Logout, { everywhere: true }),
    answers: [done("Signed out")],
  },
  {
    id: "adminWhoAmI",
    group: "Administration",
    method: "GET",
    path: "/api/admin/me",
    summary: "Which administrator the token speaks for",
    who: "admin",
    answers: [
      answer(200, { description: "The account", schema: Admin, example: EXAMPLE_ADMIN }),
    ],
  },
  adminList({
    id: "adminListRooms",
    path: "/api/admin/rooms",
    summary: "All rooms, newest first",
    query: AdminRoomsQuery,
    example: { q: "room", active: true, limit: 20, offset: 0 },
    item: AdminRoom,
    row: LISTED_ROOM,
  }),
  {
    id: "adminGetRoom",
    group: "Administration",
    method: "GET",
    path: "/api/admin/rooms/{room_id}",
    summary: "A room, and who is in it now",
    who: "admin",
    params: { room_id: ROOM_ID },
    answers: [
      answer(200, {
        description: "The room",
        schema: AdminRoomDetails,
        example: { ...LISTED_ROOM, present: [EXAMPLE_PARTICIPANT] },
      }),
    ],
    errors: ["ROOM_NOT_FOUND"],
  },
  {
    id: "adminEndRoom",
    group: "Administration",
    method: "DELETE",
    path: "/api/admin/rooms/{room_id}",
    summary: "End a room for everybody",
    who: "admin",
    params: { room_id: ROOM_ID },
    answers: [done("Ended")],
    errors: ["ROOM_NOT_FOUND", "ROOM_INACTIVE", "CONFLICT"],
  },
  adminList({
    id: "adminListUsers",
    path: "/api/admin/users",
    summary: "Everybody who ever signed in, newest first",
    query: AdminUsersQuery,
    example: { q: "Ann", guests: false },
    item: AdminUser,
    row: { user_id: 1, user_name: "Ann", is_guest: false, created_at: EXAMPLE_TIME, sessions: 1 },
  }),
  {
    id: "adminSignUserOut",
    group: "Administration",
    method: "POST",
    path: "/api/admin/users/{user_id}/sign-out",
    summary: "End all sessions of a user",
    who: "admin",
    params: { user_id: USER_ID },
    answers: [done("Signed out everywhere")],
  },
  adminList({
    id: "adminListGuestLinks",
    path: "/api/admin/guest-links",
    summary: "Guest links of all rooms, newest first",
    query: AdminGuestLinksQuery,
    example: { state: "active" },
    item: AdminGuestLink,
    row: {
      ...EXAMPLE_GUEST_LINK,
      room_id: 1,
      room_name: "Моя комната",
      room_code: "ABC12345",
      created_by_name: "Ann",
      state: "active",
    },
  }),
  {
    id: "adminRevokeGuestLink",
    group: "Administration",
    method: "DELETE",
    path: "/api/admin/guest-links/{link_id}",
    summary: "Revoke a guest link",
    who: "admin",
    params: { link_id: LINK_ID },
    answers: [done("Revoked")],
    errors: ["CONFLICT"],
  },
  adminList({
    id: "adminListBans",
    path: "/api/admin/bans",
    summary: "Bans of all rooms, newest first",
    query: AdminBansQuery,
    example: { q: "Bob" },
    item: AdminBan,
    row: { ...EXAMPLE_BAN, room_name: "Моя комната", room_code: "ABC12345" },
  }),
  {
    id: "adminLiftBan",
    group: "Administration",
    method: "DELETE",
    path: "/api/admin/bans/{ban_id}",
    summary: "Lift a ban",
    who: "admin",
    params: { ban_id: BAN_ID },
    answers: [done("Lifted")],
    errors: ["CONFLICT"],
  },
  adminList({
    id: "adminListQuality",
    path: "/api/admin/quality",
    summary: "How everybody's connections are doing, worst first",
    query: AdminQualityQuery,
    example: { limit: 20 },
    item: ParticipantQuality,
    row: {
      room_id: 1,
      room_name: "Моя комната",
      participant_id: 1,
      user_name: "Ann",
      reported_at: EXAMPLE_TIME,
      links: [{
        participant_id: 2,
        user_name: "Bob",
        rtt_ms: 42,
        jitter_ms: 3,
        loss: 0.01,
        relayed: false,
      }],
    },
  }),
];
