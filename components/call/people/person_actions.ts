/** What one person may do to another, in the order of the menu. */
import { can } from "../../../lib/shared/domain/permissions.ts";
import type { Role, VideoParticipant } from "../../../lib/shared/protocol/participants.ts";

export type PersonAction =
  | "mute"
  | "lock_audio"
  | "unlock_audio"
  | "stop_video"
  | "unlock_video"
  | "stop_screen"
  | "unlock_screen"
  | "role_host"
  | "role_moderator"
  | "role_participant"
  | "role_guest"
  | "remove"
  | "ban";

export interface PersonFacts {
  /** Null until the room has answered. */
  readonly self: VideoParticipant | null;
  readonly target: VideoParticipant;
  /** Another host is here: the last one cannot step down. */
  readonly otherHost: boolean;
}

/** Only what the server would do, too. */
export function actionsOn({ self, target, otherHost }: PersonFacts): PersonAction[] {
  if (self === null) return [];
  const isSelf = self.participant_id === target.participant_id;
  const may = (action: "mute" | "remove" | "ban" | "set_role") =>
    can(self.role, action, target.role);
  return [
    ...(!isSelf && may("mute") ? mediaActions(target) : []),
    ...(may("set_role") && (!isSelf || otherHost) ? roleActions(target) : []),
    ...(!isSelf && may("remove") ? ["remove" as const] : []),
    ...(!isSelf && may("ban") ? ["ban" as const] : []),
  ];
}

function mediaActions(target: VideoParticipant): PersonAction[] {
  const actions: PersonAction[] = [];
  if (!target.is_muted) actions.push("mute");
  actions.push(target.is_audio_locked ? "unlock_audio" : "lock_audio");
  if (target.is_video_enabled) actions.push("stop_video");
  if (target.is_video_locked) actions.push("unlock_video");
  if (target.is_screen_sharing) actions.push("stop_screen");
  if (target.is_screen_locked) actions.push("unlock_screen");
  return actions;
}

function roleActions({ role, is_guest }: VideoParticipant): PersonAction[] {
  const roles: Role[] = is_guest ? ["moderator", "guest"] : ["host", "moderator", "participant"];
  return roles.filter((each) => each !== role).map((each) => `role_${each}` as const);
}
