import { api, noContent } from "../../../../lib/server/http/api.ts";

export const handlers = api({
  async DELETE(call) {
    const caller = await call.admin();
    await call.services.adminPeople.revoke(call.param("id"), caller);
    return noContent();
  },
});
