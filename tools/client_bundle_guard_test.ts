import assert from "node:assert/strict";
import { banOn } from "./client_bundle_guard.ts";

Deno.test("the browser's bundle may hold client and shared code, and nothing of the server", () => {
  assert.equal(banOn("/home/me/app/lib/client/rtc/mesh.ts"), undefined);
  assert.equal(banOn("/home/me/app/lib/shared/protocol/limits.ts"), undefined);
  assert.equal(banOn("/home/me/app/node_modules/preact/dist/preact.mjs"), undefined);
  assert.ok(banOn("/home/me/app/lib/server/config.ts"));
  assert.ok(banOn("C:\\app\\lib\\server\\config.ts"));
  assert.ok(banOn("/home/me/app/node_modules/.deno/zod@4.6.7/node_modules/zod/v4/core/util.js"));
});
