import { api, noContent } from "../../../../../../lib/server/http/api.ts";

export const handlers = api({
  async POST(call) {
    const caller = await call.caller();
    const command = { action: "deny", target: call.idOrAll("id") } as const;
    await call.services.moderation.perform(call.param("code"), caller, command);
    return noContent();
  },
});
