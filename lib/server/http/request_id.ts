/** The name of one request: in the answer's `X-Request-Id` and in every line it leaves in the log. */
import { isBehindTrustedProxy } from "./client_address.ts";

export const REQUEST_ID_HEADER = "x-request-id";

/** What proxies make: nothing that could end a line or hide in a log. */
const ACCEPTABLE = /^[\w.:-]{1,64}$/;

interface Named {
  requestId?: string;
}

/**
 * Gives the request its id: the one of a trusted proxy, so that both logs name it alike, or a new
 * one. It travels on the request object, because pages and API are another bundle.
 */
export function nameRequest(req: Request): string {
  const given = req.headers.get(REQUEST_ID_HEADER);
  const isGiven = given !== null && ACCEPTABLE.test(given) && isBehindTrustedProxy(req);
  const requestId = isGiven ? given : crypto.randomUUID();
  Object.assign(req, { requestId } satisfies Named);
  return requestId;
}

/** Of a request that did not come through the edge: a new one. */
export function requestIdOf(req: Request): string {
  return (req as Named).requestId ?? crypto.randomUUID();
}
