/** Offers, answers and candidates: bounded, stamped, passed on, never to oneself. */
import type { Effect, Handler, RelayType } from "../effects.ts";

function relay<Type extends RelayType>(type: Type): Handler<Type> {
  return (room, sender, { data, to, id }) => {
    if (to !== undefined && (to === sender.participant_id || !room.has(to))) {
      return [{ kind: "refuse", code: "PARTICIPANT_NOT_FOUND", facts: { to, id } }];
    }
    const effects: Effect[] = [{ kind: "relay", type, data, to, id }];
    if (id !== undefined) effects.push({ kind: "reply", type: "ack", data: { id } });
    return effects;
  };
}

export const signalingHandlers = {
  "offer": relay("offer"),
  "answer": relay("answer"),
  "ice-candidate": relay("ice-candidate"),
  "e2ee": relay("e2ee"),
};
