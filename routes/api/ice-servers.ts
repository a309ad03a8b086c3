import { api, withCookies } from "../../lib/server/http/api.ts";
import { prolongingCookies } from "../../lib/server/http/session.ts";
import type { IceServersAnswer } from "../../lib/shared/protocol/participants.ts";

export const handlers = api({
  async GET(call) {
    const { principal } = await call.caller();
    const answer: IceServersAnswer = {
      ice_servers: await call.services.auth.iceServers(principal),
    };
    // A page in a call asks every few hours: the call must not end with the session.
    return withCookies(Response.json(answer), await prolongingCookies(call.req, principal));
  },
});
