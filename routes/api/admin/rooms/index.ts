import { api } from "../../../../lib/server/http/api.ts";
import { AdminRoomsQuery } from "../../../../lib/shared/protocol/admin.ts";

export const handlers = api({
  async GET(call) {
    await call.admin();
    const query = call.query(AdminRoomsQuery);
    return Response.json(await call.services.adminRooms.list(query, call.origin));
  },
});
