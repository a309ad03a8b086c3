import { api } from "../../../../lib/server/http/api.ts";
import { CreateGuestLink } from "../../../../lib/shared/protocol/auth.ts";

export const handlers = api({
  async POST(call) {
    const caller = await call.caller();
    const wish = await call.body(CreateGuestLink);
    const { origin } = call;
    const answer = await call.services.guestLinks.create(call.param("reference"), caller, {
      wish,
      origin,
    });
    return Response.json(answer);
  },
});
