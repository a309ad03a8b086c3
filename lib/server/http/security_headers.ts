/**
 * Headers of every answer, and the content security policy of pages. Fresh writes one inline module
 * script per page, rooms have one of their own; there is no nonce, so the policy names each by its
 * hash.
 */

const COMMON: Readonly<Record<string, string>> = {
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy":
    "camera=(self), microphone=(self), display-capture=(self), fullscreen=(self), " +
    "autoplay=(self), screen-wake-lock=(self), speaker-selection=(self), geolocation=(), usb=()",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
};

/** Two years, as browsers' preload lists ask for. */
const HSTS = "max-age=63072000";
const INLINE_SCRIPT = /<script(?: type="module"| data-user-id="\d+")?>([\s\S]*?)<\/script>/g;

function policy(scriptHashes: readonly string[]): string {
  const scripts = ["'self'", "'wasm-unsafe-eval'", ...scriptHashes.map((hash) => `'${hash}'`)];
  return [
    "default-src 'self'",
    `script-src ${scripts.join(" ")}`,
    "worker-src 'self' blob:",
    "media-src 'self' blob:",
    "img-src 'self' data: blob:",
    "connect-src 'self'",
    "style-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
  ].join("; ");
}

async function hashOf(script: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(script));
  return `sha256-${new Uint8Array(digest).toBase64()}`;
}

/** The answer with all headers set. Pages are read once to find their inline script. */
export async function secured(
  response: Response,
  { https }: { https: boolean },
): Promise<Response> {
  // A WebSocket upgrade is no page, and its response must reach the runtime untouched.
  if (response.status === 101) return response;
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(COMMON)) headers.set(name, value);
  if (https) headers.set("strict-transport-security", HSTS);
  if (!headers.get("content-type")?.startsWith("text/html")) {
    return new Response(response.body, { status: response.status, headers });
  }
  const html = await response.text();
  const scripts = [...html.matchAll(INLINE_SCRIPT)].map((match) => match[1] ?? "");
  headers.set("content-security-policy", policy(await Promise.all(scripts.map(hashOf))));
  // Pages carry the session of whoever asked.
  if (!headers.has("cache-control")) headers.set("cache-control", "no-store");
  return new Response(html, { status: response.status, headers });
}
