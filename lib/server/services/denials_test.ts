import assert from "node:assert/strict";
import { DENIED_WAIT_SECONDS } from "../../shared/protocol/limits.ts";
import { isAppError } from "../app_error.ts";
import { Denials } from "./denials.ts";

Deno.test("who was denied waits, with the account and with the browser, at this door only", () => {
  let now = 1_000_000;
  const denials = new Denials(() => now);
  const one = { room_id: 1, user_id: 10, browser_id: "b" };
  const waits = (knocker: typeof one | (Omit<typeof one, "browser_id"> & { browser_id: null })) => {
    try {
      denials.assertMayKnock(knocker);
      return 0;
    } catch (error) {
      assert.ok(isAppError(error));
      assert.equal(error.code, "DENIED");
      return error.retryAfterSeconds;
    }
  };
  assert.equal(waits(one), 0);
  denials.add(one);
  assert.equal(waits(one), DENIED_WAIT_SECONDS);
  assert.equal(waits({ ...one, browser_id: null }), DENIED_WAIT_SECONDS);
  assert.equal(waits({ ...one, user_id: 11 }), DENIED_WAIT_SECONDS);
  assert.equal(waits({ room_id: 1, user_id: 11, browser_id: null }), 0);
  assert.equal(waits({ ...one, room_id: 2 }), 0);
  now += DENIED_WAIT_SECONDS * 1000 - 1;
  assert.equal(waits(one), 1);
  now += 1;
  assert.equal(waits(one), 0);
});
