import assert from "node:assert/strict";
import { QualityBoard } from "./quality_board.ts";

const LINK = { participant_id: 9, rtt_ms: 20, jitter_ms: 1, loss: 0, relayed: false };

Deno.test("the last report of each, as long as it is fresh", () => {
  const time = { now: 100_000 };
  const board = new QualityBoard(() => time.now);
  const report = (participant_id: number, rtt_ms: number) =>
    board.keep({ room_id: 1, participant_id, at: time.now, links: [{ ...LINK, rtt_ms }] });
  report(1, 10);
  report(2, 20);
  time.now += 20_000;
  report(1, 30);
  assert.deepEqual(board.recent().map(({ links }) => links[0]?.rtt_ms), [20, 30]);
  time.now += 20_000;
  assert.deepEqual(board.recent().map(({ participant_id }) => participant_id), [1]);
  time.now += 20_000;
  assert.deepEqual(board.recent(), []);
});

Deno.test("a flood of participants does not fill the memory", () => {
  const board = new QualityBoard(() => 1);
  for (let id = 1; id <= 6_000; id++) {
    board.keep({ room_id: 1, participant_id: id, at: 1, links: [] });
  }
  assert.equal(board.recent().length, 5_000);
});
