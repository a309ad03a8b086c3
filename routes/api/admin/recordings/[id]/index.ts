import { api, noContent } from "../../../../../lib/server/http/api.ts";

export const handlers = api({
  async DELETE(call) {
    const caller = await call.admin();
    await call.services.adminRecordings.delete(call.id("id"), caller);
    return noContent();
  },
});
