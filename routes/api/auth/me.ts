import { api } from "../../../lib/server/http/api.ts";

export const handlers = api({
  async GET(call) {
    const { principal } = await call.caller();
    return Response.json(await call.services.auth.me(principal));
  },
});
