import { api, noContent } from "../../../../lib/server/http/api.ts";

export const handlers = api({
  async GET(call) {
    const caller = await call.caller();
    return Response.json(await call.services.recordings.view(call.id("id"), caller));
  },

  async DELETE(call) {
    const caller = await call.caller();
    await call.services.recordings.delete(call.id("id"), caller);
    return noContent();
  },
});
