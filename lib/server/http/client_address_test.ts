import assert from "node:assert/strict";
import { loadConfig } from "../config.ts";
import { type Container, setContainer } from "../container.ts";
import { clientAddress } from "./client_address.ts";
import { isAllowedHost, isAllowedOrigin, publicOrigin } from "./origin.ts";

function configure(env: Record<string, string>): void {
  setContainer({ config: loadConfig(env) } as Container);
}

function request(peer: string, headers: Record<string, string> = {}, url = "http://call.test/") {
  const remoteAddr = { transport: "tcp", hostname: peer, port: 1 };
  const runtime = { name: "deno", deno: { info: { remoteAddr } } };
  return Object.assign(new Request(url, { headers }), { runtime });
}

const from = (peer: string, forwarded?: string) =>
  clientAddress(request(peer, forwarded === undefined ? {} : { "x-forwarded-for": forwarded }));

Deno.test("without trusted proxies the socket's address counts", () => {
  configure({});
  assert.equal(from("203.0.113.9", "1.2.3.4"), "203.0.113.9");
  assert.equal(from("::ffff:203.0.113.9"), "203.0.113.9");
  assert.equal(clientAddress(new Request("http://call.test/")), "unknown");
});

Deno.test("behind proxies: the right-most hop that is not ours", () => {
  configure({ TRUSTED_PROXIES: "10.0.0.0/8, ::1" });
  assert.equal(from("10.0.0.1", "1.1.1.1, 203.0.113.9, 10.0.0.2"), "203.0.113.9");
  assert.equal(from("::ffff:10.0.0.1", "203.0.113.9"), "203.0.113.9");
  assert.equal(from("::1", "203.0.113.9:4711"), "203.0.113.9");
  assert.equal(from("203.0.113.1", "1.1.1.1"), "203.0.113.1", "not a proxy of ours");
  assert.equal(from("10.0.0.1", "1.1.1.1, <script>"), "10.0.0.1", "nonsense is not believed");
  assert.equal(from("10.0.0.1", ""), "10.0.0.1");
  assert.equal(from("10.0.0.1", "10.0.0.3, 10.0.0.2"), "10.0.0.3");
});

Deno.test("IPv6 counts by network: everybody has many addresses there", () => {
  configure({ TRUSTED_PROXIES: "127.0.0.1" });
  assert.equal(from("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
  assert.equal(from("2001:db8::1"), "2001:db8:0:0::/64");
  assert.equal(from("fe80::1%eth0"), "fe80:0:0:0::/64");
  assert.equal(from("127.0.0.1", "[2001:DB8:1:2::9]:443"), "2001:db8:1:2::/64");
});

Deno.test("links use the configured address, else the one that was called", () => {
  configure({ PUBLIC_URL: "https://call.example.com" });
  assert.equal(publicOrigin(request("1.1.1.1")), "https://call.example.com");
  configure({ TRUSTED_PROXIES: "10.0.0.1" });
  const forwarded = { "x-forwarded-proto": "https", "x-forwarded-host": "call.example.com" };
  assert.equal(publicOrigin(request("10.0.0.1", forwarded)), "https://call.example.com");
  assert.equal(publicOrigin(request("10.0.0.2", forwarded)), "http://call.test");
});

Deno.test("own pages and listed ones are allowed, exactly", () => {
  configure({
    PUBLIC_URL: "https://call.example.com",
    ALLOWED_ORIGINS: "https://twin.example.com",
  });
  const allowed = (origin: string) => isAllowedOrigin(request("1.1.1.1", { origin }));
  for (
    const origin of ["https://call.example.com", "https://twin.example.com", "http://call.test"]
  ) {
    assert.equal(allowed(origin), true, origin);
  }
  assert.equal(allowed("https://call.test"), true, "a proxy took TLS off");
  for (
    const origin of [
      "null",
      "",
      "http://call.test:8080",
      "http://call.test.evil.example",
      "http://evil.example",
      "https://call.example.com.evil.example",
    ]
  ) assert.equal(allowed(origin), false, origin);
  assert.equal(isAllowedOrigin(request("1.1.1.1")), false);
  assert.equal(isAllowedOrigin(request("1.1.1.1"), { absentAllowed: true }), true);
  const secure = request("1.1.1.1", { origin: "http://call.test" }, "https://call.test/");
  assert.equal(isAllowedOrigin(secure), false, "an http page is not the https site");
});

Deno.test("ALLOWED_HOSTS: names, subdomains, the machine itself", () => {
  configure({ ALLOWED_HOSTS: "call.example.com,.example.org,2001:db8::1" });
  const allowed = (host: string) => isAllowedHost(request("1.1.1.1", {}, `http://${host}/`));
  for (
    const host of [
      "call.example.com",
      "call.example.com:8000",
      "example.org",
      "a.b.example.org",
      "localhost",
      "127.0.0.1:8000",
      "[::1]",
      "[2001:db8::1]:8000",
    ]
  ) assert.equal(allowed(host), true, host);
  for (const host of ["example.com", "evil-example.org", "10.0.0.1"]) {
    assert.equal(allowed(host), false, host);
  }
});
