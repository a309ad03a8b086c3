import { api } from "../../../lib/server/http/api.ts";

export const handlers = api({
  GET({ req }) {
    const id = crypto.randomUUID();
    const wantsJson = req.headers.get("accept")?.includes("application/json") === true;
    return Promise.resolve(wantsJson ? Response.json(id) : new Response(id));
  },
});
