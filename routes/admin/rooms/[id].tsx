import { adminPage } from "../../../lib/server/http/admin_page.ts";
import { AdminPage } from "../_admin.tsx";

export const handlers = {
  GET: adminPage(async (call) => {
    const room = await call.services.adminRooms.details(call.id("id"), call.origin);
    return { page: "room", room };
  }),
};

export default AdminPage;
