import assert from "node:assert/strict";
import { readCookie, writeCookie } from "./cookies.ts";

Deno.test("cookies are found by their whole name", () => {
  const headers = { cookie: "vc_session_old=1; vc_session=a=b; other=2; vc_session=c" };
  const req = new Request("http://call.test/", { headers });
  assert.equal(readCookie(req, "vc_session"), "a=b");
  assert.equal(readCookie(req, "session"), null);
  assert.equal(readCookie(new Request("http://call.test/"), "vc_session"), null);
});

Deno.test("cookies are kept from scripts and foreign sites", () => {
  const cookie = { name: "n", value: "v", maxAgeSeconds: 60 };
  assert.equal(
    writeCookie({ ...cookie, secure: true }),
    "n=v; Path=/; Max-Age=60; Secure; HttpOnly; SameSite=Lax",
  );
  assert.equal(
    writeCookie({ ...cookie, path: "/x", secure: false }),
    "n=v; Path=/x; Max-Age=60; HttpOnly; SameSite=Lax",
  );
});
