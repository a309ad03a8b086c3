import assert from "node:assert/strict";
import { AppError, isAppError } from "./app_error.ts";

Deno.test("an AppError is known across the two bundles, others are not taken for one", () => {
  class Twin extends Error {
    override name = "AppError";
    code = "ROOM_FULL";
    facts = {};
  }
  assert.ok(isAppError(new AppError("ROOM_FULL")));
  assert.ok(isAppError(new Twin()));
  assert.equal(isAppError(new Error("AppError")), false);
  assert.equal(isAppError(Object.assign(new Twin(), { code: "ENOENT" })), false);
  assert.equal(isAppError({ name: "AppError", code: "ROOM_FULL" }), false);
});
