/** The container's health check: asks the server beside it, over TLS when it serves TLS. */
const scheme = Deno.env.get("SSL_CERT_PATH") ? "https" : "http";
const port = Deno.env.get("PORT") || "8000";
const answer = await fetch(`${scheme}://127.0.0.1:${port}/api/health/`);
Deno.exit(answer.ok ? 0 : 1);
