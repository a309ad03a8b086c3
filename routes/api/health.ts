import { api } from "../../lib/server/http/api.ts";

export const handlers = api({
  async GET(call) {
    return Response.json(await call.services.health.check());
  },
});
