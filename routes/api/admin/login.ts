import { api, withCookies } from "../../../lib/server/http/api.ts";
import { adminCookies } from "../../../lib/server/http/session.ts";
import { AdminLogin, type AdminLoginAnswer } from "../../../lib/shared/protocol/admin.ts";

export const handlers = api({
  async POST(call) {
    const signedIn = await call.services.admins.login(await call.body(AdminLogin), call.address);
    const answer: AdminLoginAnswer = { token: signedIn.token, admin: signedIn.admin };
    return withCookies(Response.json(answer), adminCookies(call.req, signedIn));
  },
});
