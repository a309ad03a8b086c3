import { api } from "../../../lib/server/http/api.ts";
import { AdminQualityQuery } from "../../../lib/shared/protocol/admin.ts";

export const handlers = api({
  async GET(call) {
    await call.admin();
    return Response.json(await call.services.adminRooms.quality(call.query(AdminQualityQuery)));
  },
});
