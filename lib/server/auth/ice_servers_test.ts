import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { iceServersFor } from "./ice_servers.ts";

const NOTHING = { stunUrls: [], turnUrls: [], turnSecret: null, turnUser: null };
const TURN = { ...NOTHING, turnUrls: ["turn:turn.example.com:3478"] };

Deno.test("nobody else's server is asked unless configured", async () => {
  assert.deepEqual(await iceServersFor(NOTHING, 1, 0), []);
});

Deno.test("credentials from a shared secret are those that coturn computes", async () => {
  const [server] = await iceServersFor({ ...TURN, turnSecret: "s3cret" }, 42, 1_000_000);
  assert.equal(server?.username, "22600:42");
  const expected = createHmac("sha1", "s3cret").update("22600:42").digest("base64");
  assert.equal(server?.credential, expected);
});

Deno.test("a fixed user is handed on; without any, browsers still need one", async () => {
  const turnUser = { username: "u", credential: "p" };
  const [fixed] = await iceServersFor({ ...TURN, turnUser }, 1, 0);
  assert.deepEqual(fixed, { urls: TURN.turnUrls, ...turnUser });
  const [anonymous] = await iceServersFor(TURN, 1, 0);
  assert.ok(anonymous?.username && anonymous.credential);
});
