import { adminPage } from "../../lib/server/http/admin_page.ts";
import { AdminQualityQuery } from "../../lib/shared/protocol/admin.ts";
import { AdminPage } from "./_admin.tsx";

export const handlers = {
  GET: adminPage(async (call) => {
    const query = call.wishes(AdminQualityQuery);
    return { page: "quality", query, list: await call.services.adminRooms.quality(query) };
  }),
};

export default AdminPage;
