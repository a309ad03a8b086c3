import { api, noContent } from "../../../../lib/server/http/api.ts";

export const handlers = api({
  async GET(call) {
    await call.admin();
    return Response.json(await call.services.adminRooms.details(call.id("id"), call.origin));
  },

  async DELETE(call) {
    const caller = await call.admin();
    await call.services.adminRooms.end(call.id("id"), caller);
    return noContent();
  },
});
