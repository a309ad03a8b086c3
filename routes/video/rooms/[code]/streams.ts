import { api } from "../../../../lib/server/http/api.ts";

export const handlers = api({
  async GET(call) {
    const caller = await call.caller();
    return Response.json(await call.services.participants.streams(call.param("code"), caller));
  },
});
