import { api, noContent } from "../../../../../lib/server/http/api.ts";

export const handlers = api({
  async DELETE(call) {
    const caller = await call.caller();
    const { guestLinks } = call.services;
    await guestLinks.revoke(call.param("reference"), caller, call.param("link_id"));
    return noContent();
  },
});
