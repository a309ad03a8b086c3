import { api } from "../../../../../lib/server/http/api.ts";
import { banToWire } from "../../../../../lib/server/services/wire.ts";

export const handlers = api({
  async GET(call) {
    const bans = await call.services.bans.list(call.param("code"), await call.caller());
    return Response.json(bans.map(banToWire));
  },
});
