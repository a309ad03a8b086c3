import { api } from "../../../lib/server/http/api.ts";

export const handlers = api({
  async GET(call) {
    await call.admin();
    return Response.json(await call.services.status.status());
  },
});
