import { adminPage } from "../../lib/server/http/admin_page.ts";
import { AdminPage } from "./_admin.tsx";

export const handlers = {
  GET: adminPage(async (call) => ({
    page: "settings",
    answer: await call.services.settings.show(),
  })),
};

export default AdminPage;
