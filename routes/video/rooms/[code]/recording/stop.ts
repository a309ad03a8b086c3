import { api } from "../../../../../lib/server/http/api.ts";

export const handlers = api({
  async POST(call) {
    const { recordings } = call.services;
    const caller = await call.caller();
    const recording = await recordings.perform(call.param("code"), caller, "stop");
    return Response.json(await recordings.ticket(recording, call.origin));
  },
});
