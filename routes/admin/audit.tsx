import { adminPage } from "../../lib/server/http/admin_page.ts";
import { AuditQuery } from "../../lib/shared/protocol/admin_operations.ts";
import { AdminPage } from "./_admin.tsx";

export const handlers = {
  GET: adminPage(async (call) => {
    const query = call.wishes(AuditQuery);
    return { page: "audit", query, list: await call.services.audit.list(query) };
  }),
};

export default AdminPage;
