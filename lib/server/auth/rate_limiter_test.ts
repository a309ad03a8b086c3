import assert from "node:assert/strict";
import { isAppError } from "../app_error.ts";
import { createRateLimiter } from "./rate_limiter.ts";

Deno.test("a window begins with the first hit and ends by itself", () => {
  let now = 1_000_000;
  const reached: string[] = [];
  const limits = createRateLimiter({
    clock: () => now,
    onReached: (name, key) => reached.push(`${name} ${key}`),
  });
  for (let count = 0; count < 20; count++) limits.hit("unknown_room_codes", "a");
  assert.deepEqual(reached, ["unknown_room_codes a"]);
  now += 30_000;
  assert.equal(limits.waitSeconds("unknown_room_codes", "a"), 30);
  assert.throws(
    () => limits.hit("unknown_room_codes", "a"),
    (error) => isAppError(error) && error.retryAfterSeconds === 30,
  );
  limits.hit("unknown_room_codes", "b");
  limits.hit("joins", "a");
  now += 30_000;
  assert.equal(limits.waitSeconds("unknown_room_codes", "a"), 0);
  limits.hit("unknown_room_codes", "a");
});

Deno.test("a flood of addresses takes bounded memory and the oldest goes first", () => {
  const limits = createRateLimiter({ clock: () => 0 });
  for (let count = 0; count < 30; count++) limits.hit("joins", "first");
  assert.ok(limits.waitSeconds("joins", "first") > 0);
  for (let index = 0; index < 10_000; index++) limits.hit("joins", index);
  assert.equal(limits.waitSeconds("joins", "first"), 0);
});
