import { api, noContent } from "../../../lib/server/http/api.ts";
import { signOutCookies } from "../../../lib/server/http/session.ts";
import { Logout } from "../../../lib/shared/protocol/auth.ts";

export const handlers = api({
  async POST(call) {
    const principal = await call.principal();
    const { everywhere } = await call.body(Logout);
    if (principal !== null) await call.services.sessions.signOut(principal, everywhere);
    return noContent(signOutCookies(call.req));
  },
});
