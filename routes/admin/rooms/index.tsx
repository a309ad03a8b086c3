import { adminPage } from "../../../lib/server/http/admin_page.ts";
import { AdminRoomsQuery } from "../../../lib/shared/protocol/admin.ts";
import { AdminPage } from "../_admin.tsx";

export const handlers = {
  GET: adminPage(async (call) => {
    const query = call.wishes(AdminRoomsQuery);
    return { page: "rooms", query, list: await call.services.adminRooms.list(query, call.origin) };
  }),
};

export default AdminPage;
