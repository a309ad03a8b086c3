/** Where the server lives for those who call it, and which pages may call it. */
import { container } from "../container.ts";
import { isBehindTrustedProxy } from "./client_address.ts";

/** Reachable from the machine itself only, so never a forged name from outside. */
const LOOPBACK_HOSTS: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** `https://host[:port]` for links: the configured one, else the one this request was sent to. */
export function publicOrigin(req: Request): string {
  return container().config.publicOrigin ?? requestOrigin(req).origin;
}

/** Cookies are `Secure` and carry the `__Host-` prefix. */
export function isHttps(req: Request): boolean {
  return publicOrigin(req).startsWith("https:");
}

export interface OriginOptions {
  /** For clients that are no browsers and prove who they are by a token of their own. */
  absentAllowed?: boolean;
}

/**
 * The request comes from one of our own pages, or from an origin the operator listed. Without an
 * `Origin` header: no, unless `absentAllowed`.
 */
export function isAllowedOrigin(req: Request, { absentAllowed = false }: OriginOptions = {}) {
  if (!isAllowedHost(req)) return false;
  const header = req.headers.get("origin");
  if (header === null) return absentAllowed;
  const { publicOrigin: configured, allowedOrigins } = container().config;
  return header === configured || allowedOrigins.includes(header) ||
    isSameHost(URL.parse(header), requestOrigin(req));
}

/**
 * Also true for an https page when the request reached us as http: a proxy in between took TLS off.
 * The other way round would let a tampered http page act on the https site.
 */
function isSameHost(origin: URL | null, own: URL): boolean {
  if (origin === null) return false;
  return origin.origin === own.origin ||
    (origin.protocol === "https:" && own.protocol === "http:" && origin.host === own.host);
}

/** `ALLOWED_HOSTS`: a forged `Host` must not end up in links. */
export function isAllowedHost(req: Request): boolean {
  const { allowedHosts } = container().config;
  const { hostname } = requestOrigin(req);
  if (allowedHosts.length === 0 || LOOPBACK_HOSTS.has(hostname)) return true;
  const name = hostname.replace(/^\[(.*)\]$/, "$1");
  return allowedHosts.some((pattern) =>
    pattern === "*" || pattern === name ||
    (pattern.startsWith(".") && `.${name}`.endsWith(pattern))
  );
}

function requestOrigin(req: Request): URL {
  const url = new URL(req.url);
  if (!isBehindTrustedProxy(req)) return url;
  const scheme = lastOf(req.headers.get("x-forwarded-proto")) ?? url.protocol.slice(0, -1);
  const host = lastOf(req.headers.get("x-forwarded-host")) ?? url.host;
  return URL.parse(`${scheme === "https" ? "https" : "http"}://${host}`) ?? url;
}

/** Each proxy appends; the last value is from the one next to us. */
function lastOf(header: string | null): string | undefined {
  return header?.split(",").at(-1)?.trim() || undefined;
}
