import assert from "node:assert/strict";
import { Turns } from "./turns.ts";

Deno.test("same key: one after the other; other keys: side by side; failures do not block", async () => {
  const turns = new Turns<string>();
  const order: string[] = [];
  const job = (name: string, ms: number) => async () => {
    order.push(`${name} starts`);
    await new Promise((resolve) => setTimeout(resolve, ms));
    order.push(`${name} ends`);
    if (name === "a1") throw new Error(name);
    return name;
  };
  const results = await Promise.allSettled([
    turns.take("a", job("a1", 20)),
    turns.take("a", job("a2", 1)),
    turns.take("b", job("b1", 5)),
  ]);
  assert.deepEqual(results.map(({ status }) => status), ["rejected", "fulfilled", "fulfilled"]);
  const expected = ["a1 starts", "b1 starts", "b1 ends", "a1 ends", "a2 starts", "a2 ends"];
  assert.deepEqual(order, expected);
});
