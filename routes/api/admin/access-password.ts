import { api } from "../../../lib/server/http/api.ts";
import { ChangeAccessPassword } from "../../../lib/shared/protocol/admin_operations.ts";

export const handlers = api({
  async PUT(call) {
    const caller = await call.admin();
    const wish = await call.body(ChangeAccessPassword);
    return Response.json(await call.services.accessPassword.change(wish, caller));
  },
});
