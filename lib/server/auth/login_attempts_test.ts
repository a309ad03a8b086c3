import assert from "node:assert/strict";
import { isAppError } from "../app_error.ts";
import { LoginAttempts } from "./login_attempts.ts";

function setup() {
  const time = { now: 1_000_000 };
  const attempts = new LoginAttempts(() => time.now);
  /** Seconds to wait; 0: the attempt was let through. */
  const attempt = (address = "a") => {
    try {
      attempts.begin(address);
      return 0;
    } catch (error) {
      assert.ok(isAppError(error) && error.code === "TOO_MANY_REQUESTS");
      return error.retryAfterSeconds;
    }
  };
  return { time, attempts, attempt };
}

Deno.test("after five attempts each wait is twice as long, up to a quarter of an hour", () => {
  const { time, attempt } = setup();
  for (const seconds of [60, 120, 240, 480, 900, 900]) {
    for (let count = 0; count < 5; count++) assert.equal(attempt(), 0);
    assert.equal(attempt(), seconds);
    assert.equal(attempt(`other ${seconds}`), 0, "others are not affected");
    time.now += seconds * 1000;
  }
});

Deno.test("slow attempts are not blocked; success and an hour's quiet forget", () => {
  const { time, attempts, attempt } = setup();
  for (let count = 0; count < 20; count++) {
    assert.equal(attempt(), 0);
    time.now += 20_000;
  }
  for (let count = 0; count < 4; count++) attempt();
  attempts.succeeded("a");
  for (let count = 0; count < 5; count++) assert.equal(attempt(), 0);
  assert.equal(attempt(), 60);
  time.now += 2 * 60 * 60 * 1000;
  for (let count = 0; count < 5; count++) assert.equal(attempt(), 0);
  assert.equal(attempt(), 60, "the wait starts small again");
});
