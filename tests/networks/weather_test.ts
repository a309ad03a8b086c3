import { deepEqual, equal } from "node:assert/strict";
import { Stretch } from "./weather.ts";

/** Dice that fall as written. */
const dice = (...values: number[]) => () => values.shift() ?? 0.999;

Deno.test("a clear day changes nothing; a delay is a delay", () => {
  const stretch = new Stretch(dice());
  equal(stretch.pass(5, 1_000), 5);
  stretch.weather = { delayMs: 20 };
  equal(stretch.pass(6, 1_000), 26);
});

Deno.test("loss follows the dice, and a cut lets nothing through", () => {
  const stretch = new Stretch(dice(0.09, 0.11));
  stretch.weather = { loss: 0.1 };
  deepEqual([stretch.pass(0, 100), stretch.pass(1, 100)], [null, 1]);
  stretch.weather = { cut: true };
  equal(stretch.pass(2, 100), null);
});

Deno.test("a narrow place sends at its rate, queues for a while, and drops the rest", () => {
  const stretch = new Stretch(dice());
  stretch.weather = { bitsPerSecond: 8_000, queueMs: 150 };
  deepEqual([1, 2, 3].map(() => stretch.pass(0, 100)), [100, 200, null]);
  equal(stretch.pass(190, 100), 300);
});

Deno.test("jitter never changes the order", () => {
  const stretch = new Stretch(dice(1, 1, 1, 0));
  stretch.weather = { delayMs: 10, jitterMs: 30 };
  deepEqual([stretch.pass(0, 100), stretch.pass(5, 100)], [40, 40]);
});
