import { adminPage } from "../../lib/server/http/admin_page.ts";
import { AdminGuestLinksQuery } from "../../lib/shared/protocol/admin.ts";
import { AdminPage } from "./_admin.tsx";

export const handlers = {
  GET: adminPage(async (call) => {
    const query = call.wishes(AdminGuestLinksQuery);
    return { page: "guest_links", query, list: await call.services.adminPeople.guestLinks(query) };
  }),
};

export default AdminPage;
