/** Who may do what in a room. */
import type { Permissions, Role } from "../protocol/participants.ts";

export type RoomAction = "update_room" | "end_room" | "invite_guests";

const RANK: Record<Role, number> = { host: 3, moderator: 2, participant: 1, guest: 0 };

const LOWEST_RANK: Record<RoomAction, number> = {
  update_room: RANK.moderator,
  end_room: RANK.host,
  invite_guests: RANK.moderator,
};

/** `null`: a stranger to the room. */
export function can(role: Role | null, action: RoomAction): boolean {
  return role !== null && RANK[role] >= LOWEST_RANK[action];
}

/** The documents' three flags (video-api.ru.md, "Участники"). */
export function permissionsOf(role: Role): Permissions {
  const leads = RANK[role] >= RANK.moderator;
  return { can_mute_others: leads, can_remove_others: leads, can_start_recording: leads };
}
