/** Who may do what in a room, out of the rule itself, and over which doors. */
import { can, ROOM_ACTIONS, type RoomAction } from "../../lib/shared/domain/permissions.ts";
import type { ClientMessageType } from "../../lib/shared/protocol/messages.ts";
import type { Role } from "../../lib/shared/protocol/participants.ts";
import { code, table } from "./markdown.ts";

export const ROLES = [
  "host",
  "moderator",
  "participant",
  "guest",
] as const satisfies readonly Role[];

export interface Surfaces {
  /** It is done to somebody, and the role of that person counts. */
  readonly targeted: boolean;
  /** Method and path; `…` stands for `/video/rooms/{room_code}`. */
  readonly rest: readonly string[];
  readonly socket: readonly ClientMessageType[];
  /** Where there is no command: what shows it. */
  readonly note?: string;
}

/** Every way to each action. The permission test walks all of them. */
export const SURFACES: Readonly<Record<RoomAction, Surfaces>> = {
  update_room: { targeted: false, rest: ["PATCH …"], socket: [] },
  end_room: { targeted: false, rest: ["DELETE …"], socket: [] },
  invite_guests: {
    targeted: false,
    rest: [
      "POST /api/rooms/{room_id}/generate-guest-link",
      "GET /api/rooms/{room_id}/guest-links",
      "DELETE /api/rooms/{room_id}/guest-links/{link_id}",
    ],
    socket: [],
  },
  mute: {
    targeted: true,
    rest: ["POST …/participants/{id}/mute"],
    socket: ["mute-participant"],
  },
  remove: {
    targeted: true,
    rest: ["DELETE …/participants/{id}"],
    socket: ["remove-participant"],
  },
  ban: {
    targeted: true,
    rest: ["DELETE …/participants/{id}?ban=true", "DELETE …/bans/{ban_id}"],
    socket: ["ban-participant"],
  },
  admit: {
    targeted: false,
    rest: ["POST …/participants/{id}/admit", "POST …/participants/{id}/deny"],
    socket: ["admit-participant", "deny-participant"],
  },
  set_role: {
    targeted: true,
    rest: ["POST …/participants/{id}/role"],
    socket: ["set-role"],
  },
  lock_room: { targeted: false, rest: ["PATCH … {is_locked}"], socket: ["lock-room"] },
  start_recording: {
    targeted: false,
    rest: ["POST …/recording/start", "POST …/recording/stop"],
    socket: ["start-recording", "stop-recording"],
    note: "`can_start_recording`; who started one may stop it",
  },
  see_recordings: {
    targeted: false,
    rest: [
      "GET /video/recordings",
      "GET /video/recordings/{id}",
      "GET /video/recordings/{id}/file",
    ],
    socket: [],
    note: "who made the room or recorded; others get 404",
  },
  delete_recordings: {
    targeted: false,
    rest: ["DELETE /video/recordings/{id}"],
    socket: [],
    note: "who made the room or recorded",
  },
  see_waiting: {
    targeted: false,
    rest: [],
    socket: [],
    note: "event `waiting_list`, `waiting` in `room_state`",
  },
  see_bans: { targeted: false, rest: ["GET …/bans"], socket: [] },
};

function cell(role: Role, action: RoomAction): string {
  if (!can(role, action)) return "—";
  if (!SURFACES[action].targeted) return "yes";
  const targets = ROLES.filter((target) => can(role, action, target));
  return targets.length === ROLES.length ? "anyone" : targets.map((name) => `${name}s`).join(", ");
}

/** One row per action, one column per role. */
export function permissions(): string {
  const rows = ROOM_ACTIONS.map((action) => {
    const { rest, socket, note } = SURFACES[action];
    const doors = [...rest, ...socket].map(code);
    if (note !== undefined) doors.push(note);
    return [code(action), ...ROLES.map((role) => cell(role, action)), doors.join("<br>")];
  });
  return table(["Action", ...ROLES, "By"], rows);
}
