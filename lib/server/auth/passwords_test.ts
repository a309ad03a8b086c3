import assert from "node:assert/strict";
import { hashPassword, verifyPassword } from "./passwords.ts";

Deno.test("a hash fits its password only, however the accents are written", async () => {
  const stored = await hashPassword("caf\u00e9-au-lait");
  assert.equal(stored.iterations, 600_000);
  assert.equal(await verifyPassword("cafe\u0301-au-lait", stored), true);
  assert.equal(await verifyPassword("cafe-au-lait", stored), false);
  assert.notEqual((await hashPassword("caf\u00e9-au-lait")).hash, stored.hash);
});

/** RFC 7914 section 11, the first 32 of its 64 bytes. */
const RFC_7914_ANSWER = "55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc";

Deno.test("the answer is PBKDF2-HMAC-SHA-256", async () => {
  const stored = {
    algorithm: "PBKDF2-SHA-256",
    iterations: 1,
    salt: new TextEncoder().encode("salt").toBase64({ alphabet: "base64url" }),
    hash: Uint8Array.fromHex(RFC_7914_ANSWER).toBase64({ alphabet: "base64url" }),
  } as const;
  assert.equal(await verifyPassword("passwd", stored), true);
});
