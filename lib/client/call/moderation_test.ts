import assert from "node:assert/strict";
import type { WaitingPerson } from "../../shared/protocol/moderation.ts";
import { Moderation } from "./moderation.ts";

function setup() {
  const sent: [string, unknown][] = [];
  return { sent, moderation: new Moderation((type, data) => void sent.push([type, data])) };
}

const waiting = (...ids: number[]): WaitingPerson[] =>
  ids.map((id) => ({
    participant_id: id,
    user_name: `Guest ${id}`,
    is_guest: true,
    waiting_since: "2026-01-01T00:00:00.000Z",
  }));

Deno.test("commands name one person, or nobody for all", () => {
  const { sent, moderation } = setup();
  moderation.mute(null, "audio");
  moderation.lock(2, "audio");
  moderation.unlock(2, "video");
  assert.deepEqual(sent, [
    ["mute-participant", { media: "audio", muted: true, locked: false }],
    ["mute-participant", { media: "audio", muted: true, locked: true, participant_id: 2 }],
    ["mute-participant", { media: "video", muted: false, locked: false, participant_id: 2 }],
  ]);
});

Deno.test("whoever was answered is off the list at once, until the server says otherwise", () => {
  const { sent, moderation } = setup();
  moderation.setWaiting(waiting(1, 2, 3));
  moderation.admit(2);
  const left = () => moderation.waiting.value.map((each) => each.participant_id);
  assert.deepEqual(left(), [1, 3]);
  moderation.deny(null);
  assert.deepEqual(left(), []);
  assert.deepEqual(sent, [["admit-participant", { participant_id: 2 }], ["deny-participant", {}]]);
  moderation.setWaiting(waiting(3));
  assert.deepEqual(left(), [3]);
});

Deno.test("the same notice twice is two notices", () => {
  const { moderation } = setup();
  moderation.explainLock("audio");
  const first = moderation.notice.value;
  moderation.explainLock("audio");
  assert.notEqual(moderation.notice.value, first);
});
