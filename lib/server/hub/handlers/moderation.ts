/**
 * Orders of those who lead. Whether they may is decided where it is done, by the same service that
 * REST asks, and by the same rule.
 */
import type { ModerationCommand } from "../../services/moderation.ts";
import type { Effect, Handler } from "../effects.ts";

function order(command: ModerationCommand, id: string | undefined): Effect[] {
  return [{ kind: "moderate", command, id }];
}

const muteParticipant: Handler<"mute-participant"> = (_room, _sender, { data, id }) => {
  const { participant_id, ...mute } = data;
  return order({ action: "mute", target: participant_id ?? null, mute }, id);
};

const removeParticipant: Handler<"remove-participant"> = (_room, _sender, { data, id }) =>
  order({ action: "remove", target: data.participant_id }, id);

const banParticipant: Handler<"ban-participant"> = (_room, _sender, { data, id }) =>
  order({ action: "ban", target: data.participant_id, reason: data.reason }, id);

const admitParticipant: Handler<"admit-participant"> = (_room, _sender, { data, id }) =>
  order({ action: "admit", target: data.participant_id ?? null }, id);

const denyParticipant: Handler<"deny-participant"> = (_room, _sender, { data, id }) =>
  order({ action: "deny", target: data.participant_id ?? null }, id);

const setRole: Handler<"set-role"> = (_room, _sender, { data, id }) =>
  order({ action: "set_role", target: data.participant_id, role: data.role }, id);

const lockRoom: Handler<"lock-room"> = (_room, _sender, { data, id }) =>
  order({ action: "lock_room", locked: data.locked }, id);

export const moderationHandlers = {
  "mute-participant": muteParticipant,
  "remove-participant": removeParticipant,
  "ban-participant": banParticipant,
  "admit-participant": admitParticipant,
  "deny-participant": denyParticipant,
  "set-role": setRole,
  "lock-room": lockRoom,
};
