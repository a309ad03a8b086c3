import { deepEqual } from "node:assert/strict";
import type { PairSignal } from "../../shared/protocol/signaling.ts";
import { EarlyPairSignals } from "./early_pair_signals.ts";

const step = (link: string, commitment: string): PairSignal => ({
  link,
  message: { type: "commit", commitment },
});

Deno.test("steps that came before their offer are given out with it, in order", () => {
  const early = new EarlyPairSignals();
  early.keep(step("new", "a"));
  early.keep(step("old", "b"));
  early.keep(step("new", "c"));
  deepEqual(early.take("new"), [step("new", "a").message, step("new", "c").message]);
  deepEqual(early.take("new"), []);
  deepEqual(early.take("old"), [step("old", "b").message]);
});

Deno.test("only the latest few are kept", () => {
  const early = new EarlyPairSignals();
  for (let i = 0; i < 100; i++) early.keep(step("new", `${i}`));
  deepEqual(early.take("new").length, 16);
});
