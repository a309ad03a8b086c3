import { adminPage } from "../../lib/server/http/admin_page.ts";
import { AdminBansQuery } from "../../lib/shared/protocol/admin.ts";
import { AdminPage } from "./_admin.tsx";

export const handlers = {
  GET: adminPage(async (call) => {
    const query = call.wishes(AdminBansQuery);
    return { page: "bans", query, list: await call.services.adminPeople.bans(query) };
  }),
};

export default AdminPage;
