import { api, withCookies } from "../../../lib/server/http/api.ts";
import { refreshCookies } from "../../../lib/server/http/session.ts";
import type { LoginAnswer } from "../../../lib/shared/protocol/auth.ts";

export const handlers = api({
  async POST(call) {
    const { principal } = await call.caller();
    const signedIn = await call.services.sessions.refresh(principal);
    const answer: LoginAnswer = { token: signedIn.token, user: signedIn.user };
    return withCookies(Response.json(answer), refreshCookies(call.req, signedIn));
  },
});
