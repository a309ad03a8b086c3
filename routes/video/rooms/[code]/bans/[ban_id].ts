import { api, noContent } from "../../../../../lib/server/http/api.ts";

export const handlers = api({
  async DELETE(call) {
    const caller = await call.caller();
    await call.services.bans.lift(call.param("code"), caller, call.id("ban_id"));
    return noContent();
  },
});
