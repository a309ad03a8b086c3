import { adminPage } from "../../lib/server/http/admin_page.ts";
import { AdminRecordingsQuery } from "../../lib/shared/protocol/recordings.ts";
import { AdminPage } from "./_admin.tsx";

export const handlers = {
  GET: adminPage(async (call) => {
    const query = call.wishes(AdminRecordingsQuery);
    return { page: "recordings", query, list: await call.services.adminRecordings.list(query) };
  }),
};

export default AdminPage;
