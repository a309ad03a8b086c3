import { adminPage } from "../../lib/server/http/admin_page.ts";
import { AdminUsersQuery } from "../../lib/shared/protocol/admin.ts";
import { AdminPage } from "./_admin.tsx";

export const handlers = {
  GET: adminPage(async (call) => {
    const query = call.wishes(AdminUsersQuery);
    return { page: "users", query, list: await call.services.adminPeople.users(query) };
  }),
};

export default AdminPage;
