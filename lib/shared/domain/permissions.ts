/** Who may do what in a room: the one rule, asked by REST, by the hub and by the page. */
import type { Permissions, Role } from "../protocol/participants.ts";

export const ROOM_ACTIONS = [
  "update_room",
  "end_room",
  "invite_guests",
  "mute",
  "remove",
  "ban",
  "admit",
  "set_role",
  "lock_room",
  "start_recording",
  "see_recordings",
  "delete_recordings",
  "see_waiting",
  "see_bans",
] as const;
export type RoomAction = (typeof ROOM_ACTIONS)[number];

const HOSTS_ONLY: ReadonlySet<RoomAction> = new Set([
  "end_room",
  "set_role",
  "delete_recordings",
]);
/** Moderators do not overrule those who lead beside them. */
const BELOW_MODERATORS: ReadonlySet<Role> = new Set(["participant", "guest"]);

/**
 * @param role of who acts; `null`: a stranger to the room
 * @param target role of the person it is done to; left out where there is none, or to ask whether
 *   there is anybody at all it may be done to
 */
export function can(role: Role | null, action: RoomAction, target?: Role): boolean {
  if (role === "host") return true;
  if (role !== "moderator" || HOSTS_ONLY.has(action)) return false;
  return target === undefined || BELOW_MODERATORS.has(target);
}

/** Hosts and moderators. */
export function leads(role: Role | null): boolean {
  return role === "host" || role === "moderator";
}

/** The documents' three flags (video-api.ru.md, "Участники"). */
export function permissionsOf(role: Role): Permissions {
  return {
    can_mute_others: can(role, "mute"),
    can_remove_others: can(role, "remove"),
    can_start_recording: can(role, "start_recording"),
  };
}
