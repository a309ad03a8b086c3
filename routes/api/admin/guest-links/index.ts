import { api } from "../../../../lib/server/http/api.ts";
import { AdminGuestLinksQuery } from "../../../../lib/shared/protocol/admin.ts";

export const handlers = api({
  async GET(call) {
    await call.admin();
    const query = call.query(AdminGuestLinksQuery);
    return Response.json(await call.services.adminPeople.guestLinks(query));
  },
});
