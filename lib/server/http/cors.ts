/** Cross-origin use of the API by the origins that the operator listed (Fetch standard, CORS). */
import { container } from "../container.ts";

const PREFLIGHT_SECONDS = "600";

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
  headers.set("access-control-expose-headers", "Retry-After, Allow, X-Request-Id");
  if (container().config.allowedOrigins.includes(origin)) {
    headers.set("access-control-allow-credentials", "true");
  }
}

/** Answer to `OPTIONS`, also to a preflight. */
export function optionsResponse(req: Request, allowed: string): Response {
  const response = new Response(null, { status: 204, headers: { allow: allowed } });
  if (isCorsOrigin(req.headers.get("origin"))) {
    response.headers.set("access-control-allow-methods", allowed);
    response.headers.set("access-control-allow-headers", "Authorization, Content-Type");
    response.headers.set("access-control-max-age", PREFLIGHT_SECONDS);
  }
  return response;
}
