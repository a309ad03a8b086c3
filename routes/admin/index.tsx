import { adminPage } from "../../lib/server/http/admin_page.ts";
import { MAX_PAGE_LIMIT } from "../../lib/shared/protocol/limits.ts";
import { AdminPage } from "./_admin.tsx";

export const handlers = {
  GET: adminPage(async (call) => {
    const inUse = { occupied: true, limit: MAX_PAGE_LIMIT, offset: 0 };
    const [status, rooms] = await Promise.all([
      call.status(),
      call.services.adminRooms.list(inUse, call.origin),
    ]);
    return { page: "overview", status, rooms };
  }),
};

export default AdminPage;
