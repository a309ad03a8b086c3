import { api } from "../../../../../lib/server/http/api.ts";
import { guestLinkToWire } from "../../../../../lib/server/services/wire.ts";

export const handlers = api({
  async GET(call) {
    const caller = await call.caller();
    const links = await call.services.guestLinks.list(call.param("reference"), caller);
    return Response.json(links.map(guestLinkToWire));
  },
});
