import { api, noContent } from "../../../lib/server/http/api.ts";
import { adminSignOutCookies } from "../../../lib/server/http/session.ts";
import { Logout } from "../../../lib/shared/protocol/auth.ts";

export const handlers = api({
  async POST(call) {
    const caller = await call.admin();
    await call.services.admins.logout(caller, await call.body(Logout));
    return noContent(adminSignOutCookies(call.req));
  },
});
