import { api, type ApiHandler, noContent } from "../../../../lib/server/http/api.ts";

const leave: ApiHandler = async (call) => {
  await call.services.participants.leave(call.param("code"), await call.caller());
  return noContent();
};

/** `navigator.sendBeacon` of a page that goes away can only POST. */
export const handlers = api({ DELETE: leave, POST: leave });
