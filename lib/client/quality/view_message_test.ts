import assert from "node:assert/strict";
import { readViewMessage, shownSize } from "./view_message.ts";

const box = { width: 640, height: 384 };

Deno.test("what others wish is read, and anything odd is dropped", () => {
  const good = { type: "view", camera: box, screen: { width: 0, height: 0 } };
  assert.deepEqual(readViewMessage(good), good);
  assert.deepEqual(readViewMessage({ ...good, more: 1 } as { type: string }), good);
  const odd: unknown[] = [
    { width: 1e9, height: 64 },
    { width: -64, height: 64 },
    { width: 6.5, height: 64 },
    { width: "640", height: 64 },
    { width: NaN, height: 64 },
    { width: 640 },
    null,
    [],
    640,
  ];
  for (const camera of odd) {
    assert.equal(readViewMessage({ ...good, camera } as { type: string }), null, String(camera));
  }
  assert.equal(readViewMessage({ type: "chat" }), null);
  assert.deepEqual(readViewMessage({ type: "sending", camera: "paused" } as { type: string }), {
    type: "sending",
    camera: "paused",
  });
  assert.equal(readViewMessage({ type: "sending", camera: "loud" } as { type: string }), null);
});

Deno.test("sizes are told in steps and in the pixels of the screen", () => {
  assert.deepEqual(shownSize(630, 354, 1), box);
  assert.deepEqual(shownSize(640, 384, 1), box);
  assert.deepEqual(shownSize(320, 180, 2), box);
  assert.deepEqual(shownSize(10_000, 10_000, 3), { width: 3_840, height: 3_840 });
  assert.deepEqual(shownSize(0, 180, 2), { width: 0, height: 0 });
});
