import assert from "node:assert/strict";
import { Strain } from "./strain.ts";

function after(...latenessMs: number[]): number {
  const strain = new Strain(0);
  let nowMs = 0;
  for (const lateMs of latenessMs) strain.tick(nowMs += 250 + lateMs, 250);
  return strain.factor;
}

Deno.test("a page that keeps up has no strain, a page that was asleep neither", () => {
  assert.equal(after(0, 20, -20, 90), 1);
  assert.equal(after(3_600_000, 0), 1);
});

Deno.test("a page that is behind gives everything more time, within limits, and recovers", () => {
  assert.equal(after(250), 2);
  assert.equal(after(4_000), 4);
  assert.ok(after(250, 0, 0) > 1.8);
  assert.ok(after(500, ...new Array(100).fill(0)) < 1.02);
});
