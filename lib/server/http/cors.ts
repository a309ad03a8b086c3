/** Cross-origin use of the API by the origins that the operator listed (Fetch standard, CORS). */
import { container } from "../container.ts";

const PREFLIGHT_SECONDS = "600";
/** What foreign pages may send, uploads of recordings included. */
const REQUEST_HEADERS = "Authorization, Content-Type, Range, Tus-Resumable, Upload-Length, " +
  "Upload-Metadata, Upload-Offset, Upload-Checksum";
/** What they may read. */
const ANSWER_HEADERS =
  "Retry-After, Allow, X-Request-Id, Content-Range, Location, Tus-Resumable, " +
  "Tus-Version, Tus-Extension, Tus-Max-Size, Tus-Checksum-Algorithm, Upload-Length, Upload-Offset";

/** Pages of this origin may read answers, with a Bearer token of their own. */
export function isCorsOrigin(origin: string | null): boolean {
  const { corsOrigins, allowedOrigins } = container().config;
  return origin !== null && [...corsOrigins, ...allowedOrigins].includes(origin);
}

/** Adds what a listed foreign page needs to read the answer; cookies only for `ALLOWED_ORIGINS`. */
export function allowCors(req: Request, response: Response): void {
  const origin = req.headers.get("origin");
  if (origin === null || !isCorsOrigin(origin)) return;
  const { headers } = response;
  headers.set("access-control-allow-origin", origin);
  headers.append("vary", "Origin");
  headers.set("access-control-expose-headers", ANSWER_HEADERS);
  if (container().config.allowedOrigins.includes(origin)) {
    headers.set("access-control-allow-credentials", "true");
  }
}

/** Answer to `OPTIONS`, also to a preflight. */
export function optionsResponse(req: Request, allowed: string): Response {
  const response = new Response(null, { status: 204, headers: { allow: allowed } });
  if (isCorsOrigin(req.headers.get("origin"))) {
    response.headers.set("access-control-allow-methods", allowed);
    response.headers.set("access-control-allow-headers", REQUEST_HEADERS);
    response.headers.set("access-control-max-age", PREFLIGHT_SECONDS);
  }
  return response;
}
