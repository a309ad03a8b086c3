import { api, noContent } from "../../../lib/server/http/api.ts";
import { signOutCookies } from "../../../lib/server/http/session.ts";

export const handlers = api({
  async POST(call) {
    const principal = await call.principal();
    if (principal !== null) await call.services.auth.logout(principal);
    return noContent(signOutCookies(call.req));
  },
});
