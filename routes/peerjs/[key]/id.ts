import { api } from "../../../lib/server/http/api.ts";

export const handlers = api({
  async GET(call) {
    // Which realm does not matter, as long as it is one.
    call.param("key");
    const id = crypto.randomUUID();
    const wantsJson = call.req.headers.get("accept")?.includes("application/json") === true;
    return await Promise.resolve(wantsJson ? Response.json(id) : new Response(id));
  },
});
