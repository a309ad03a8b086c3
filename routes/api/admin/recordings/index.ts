import { api } from "../../../../lib/server/http/api.ts";
import { AdminRecordingsQuery } from "../../../../lib/shared/protocol/recordings.ts";

export const handlers = api({
  async GET(call) {
    await call.admin();
    const query = call.query(AdminRecordingsQuery);
    return Response.json(await call.services.adminRecordings.list(query));
  },
});
