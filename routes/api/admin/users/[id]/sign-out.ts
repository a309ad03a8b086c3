import { api, noContent } from "../../../../../lib/server/http/api.ts";

export const handlers = api({
  async POST(call) {
    const caller = await call.admin();
    await call.services.adminPeople.signOut(call.id("id"), caller);
    return noContent();
  },
});
