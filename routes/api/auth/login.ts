import { api, withCookies } from "../../../lib/server/http/api.ts";
import { earlierUserId, signInCookies } from "../../../lib/server/http/session.ts";
import { Login, type LoginAnswer } from "../../../lib/shared/protocol/auth.ts";

export const handlers = api({
  async POST(call) {
    const { password, user_name } = await call.body(Login);
    const signedIn = await call.services.auth.login({
      password,
      user_name,
      address: call.address,
      earlierUserId: await earlierUserId(call.req),
    });
    const answer: LoginAnswer = { token: signedIn.token, user: signedIn.user };
    return withCookies(Response.json(answer), await signInCookies(call.req, signedIn));
  },
});
