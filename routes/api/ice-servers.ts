import { api } from "../../lib/server/http/api.ts";
import type { IceServersAnswer } from "../../lib/shared/protocol/participants.ts";

export const handlers = api({
  async GET(call) {
    const { principal } = await call.caller();
    const answer: IceServersAnswer = {
      ice_servers: await call.services.auth.iceServers(principal),
    };
    return Response.json(answer);
  },
});
