import { api } from "../../../lib/server/http/api.ts";
import { UpdateSettings } from "../../../lib/shared/protocol/admin_operations.ts";

export const handlers = api({
  async GET(call) {
    await call.admin();
    return Response.json(await call.services.settings.show());
  },

  async PATCH(call) {
    const caller = await call.admin();
    const changes = await call.body(UpdateSettings);
    return Response.json(await call.services.settings.change(changes, caller));
  },
});
