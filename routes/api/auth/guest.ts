import { api, withCookies } from "../../../lib/server/http/api.ts";
import { signInCookies } from "../../../lib/server/http/session.ts";
import { translate } from "../../../lib/shared/i18n/translate.ts";
import { GuestExchange, type GuestExchangeAnswer } from "../../../lib/shared/protocol/auth.ts";

export const handlers = api({
  async POST(call) {
    const signedIn = await call.services.guestLinks.exchange(await call.body(GuestExchange), {
      address: call.address,
      principal: await call.principal(),
      browserId: await call.browserId(),
      defaultName: translate(call.locale, "common.guest"),
    });
    const { token, user, room_code } = signedIn;
    const answer: GuestExchangeAnswer = { token, user, room_code };
    return withCookies(Response.json(answer), await signInCookies(call.req, signedIn));
  },
});
