import assert from "node:assert/strict";
import { isAppError } from "../app_error.ts";
import { Gate } from "./gate.ts";

Deno.test("two at once, a bounded number wait, the rest are sent away", async () => {
  const gate = new Gate(2, 3);
  let running = 0;
  let most = 0;
  const finish: (() => void)[] = [];
  const job = async () => {
    most = Math.max(most, ++running);
    await new Promise<void>((resolve) => finish.push(resolve));
    running--;
  };
  const accepted = Array.from({ length: 5 }, () => gate.pass(job));
  await assert.rejects(
    gate.pass(job),
    (error) => isAppError(error) && error.code === "UNAVAILABLE",
  );
  while (finish.length > 0) {
    finish.shift()!();
    await new Promise((resolve) => setTimeout(resolve));
  }
  await Promise.all(accepted);
  assert.equal(most, 2);
});

Deno.test("a job that fails gives its place back", async () => {
  const gate = new Gate(1, 1);
  await assert.rejects(gate.pass(() => Promise.reject(new Error("no"))));
  assert.equal(await gate.pass(() => Promise.resolve(7)), 7);
});
