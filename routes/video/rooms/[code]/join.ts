import { api, withCookies } from "../../../../lib/server/http/api.ts";
import { participantCookie, prolongingCookies } from "../../../../lib/server/http/session.ts";
import { joinToWire } from "../../../../lib/server/services/wire.ts";
import { JoinRoom } from "../../../../lib/shared/protocol/participants.ts";

export const handlers = api({
  async POST(call) {
    const caller = await call.caller();
    const { socket_ticket, ...wish } = await call.body(JoinRoom);
    const { participants, earlySockets } = call.services;
    const joined = await participants.join(call.param("code"), caller, wish);
    if (socket_ticket !== undefined) {
      earlySockets.joined(caller.principal.user_id, socket_ticket, joined.token);
    }
    const answer = joinToWire(joined, call.origin);
    return withCookies(Response.json(answer), [
      participantCookie(call.req, joined),
      ...await prolongingCookies(call.req, caller.principal),
    ]);
  },
});
