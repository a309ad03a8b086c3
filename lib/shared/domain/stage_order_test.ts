import assert from "node:assert/strict";
import { type StageFacts, stageOrder } from "./stage_order.ts";

const facts = (change: Partial<StageFacts> = {}): StageFacts => ({
  present: [1, 2, 3, 4, 5, 6],
  pinned: new Set(),
  speaker: null,
  spoke: () => 0,
  capacity: 3,
  ...change,
});

Deno.test("people keep their places; newcomers stand at the end, those who left are gone", () => {
  assert.deepEqual(stageOrder([], facts()), [1, 2, 3, 4, 5, 6]);
  assert.deepEqual(stageOrder([3, 1, 2], facts({ present: [1, 3, 4] })), [3, 1, 4]);
});

Deno.test("a speaker out of sight takes the place of the longest silent one, and only that", () => {
  const spoke = (id: number) => ({ 1: 9, 2: 4, 3: 7 })[id] ?? 0;
  assert.deepEqual(stageOrder([], facts({ speaker: 5, spoke })), [1, 5, 3, 4, 2, 6]);
  assert.deepEqual(stageOrder([], facts({ speaker: 3, spoke })), [1, 2, 3, 4, 5, 6]);
  assert.deepEqual(stageOrder([], facts({ speaker: 99, spoke })), [1, 2, 3, 4, 5, 6]);
});

Deno.test("pinned people come first and are not moved by speakers", () => {
  const pinned = new Set([6, 2]);
  assert.deepEqual(stageOrder([], facts({ pinned })), [2, 6, 1, 3, 4, 5]);
  assert.deepEqual(stageOrder([], facts({ pinned, speaker: 5 })), [2, 6, 5, 3, 4, 1]);
  const all = new Set([1, 2, 3]);
  assert.deepEqual(stageOrder([], facts({ pinned: all, speaker: 5 })), [1, 2, 3, 4, 5, 6]);
});
