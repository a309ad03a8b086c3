/** Cookies (RFC 6265), one way of writing them. */

/** The first cookie of this name, or null. */
export function readCookie(req: Request, name: string): string | null {
  for (const pair of (req.headers.get("cookie") ?? "").split(";")) {
    const [key, ...value] = pair.trim().split("=");
    if (key === name) return value.join("=");
  }
  return null;
}

export interface Cookie {
  name: string;
  /** Must need no escaping: tokens and plain words. */
  value: string;
  /** 0 deletes it. */
  maxAgeSeconds: number;
  path?: string;
  secure: boolean;
}

/** A `Set-Cookie` value that scripts cannot read. */
export function writeCookie({ name, value, maxAgeSeconds, path = "/", secure }: Cookie): string {
  const attributes = [`${name}=${value}`, `Path=${path}`, `Max-Age=${maxAgeSeconds}`];
  if (secure) attributes.push("Secure");
  return [...attributes, "HttpOnly", "SameSite=Lax"].join("; ");
}
