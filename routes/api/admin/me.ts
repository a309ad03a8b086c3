import { api } from "../../../lib/server/http/api.ts";

export const handlers = api({
  async GET(call) {
    const { admin } = await call.admin();
    return Response.json(await call.services.admins.me(admin));
  },
});
