import { api } from "../../../lib/server/http/api.ts";
import { AuditQuery } from "../../../lib/shared/protocol/admin_operations.ts";

export const handlers = api({
  async GET(call) {
    await call.admin();
    return Response.json(await call.services.audit.list(call.query(AuditQuery)));
  },
});
