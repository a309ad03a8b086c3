import { api } from "../../../lib/server/http/api.ts";
import { openApiDocument } from "../../../lib/server/http/openapi.ts";

export const handlers = api({
  GET(call) {
    return Promise.resolve(Response.json(openApiDocument(call.origin)));
  },
});
