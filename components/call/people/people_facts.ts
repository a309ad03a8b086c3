/** What is true of the people in a call. Reads signals. */
import type { CallState } from "../../../lib/client/call/call_state.ts";
import type { VideoParticipant } from "../../../lib/shared/protocol/participants.ts";

export function findPerson(state: CallState, id: number): VideoParticipant | undefined {
  const self = state.self.value;
  if (self?.participant_id === id) return self;
  return state.others.value.find((each) => each.id === id)?.participant.value;
}

/** Somebody else leads as a host. */
export function hasOtherHost({ others }: CallState): boolean {
  return others.value.some((each) => each.participant.value.role === "host");
}
