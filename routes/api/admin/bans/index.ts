import { api } from "../../../../lib/server/http/api.ts";
import { AdminBansQuery } from "../../../../lib/shared/protocol/admin.ts";

export const handlers = api({
  async GET(call) {
    await call.admin();
    return Response.json(await call.services.adminPeople.bans(call.query(AdminBansQuery)));
  },
});
