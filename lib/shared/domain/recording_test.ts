import assert from "node:assert/strict";
import type { RecordingState } from "../protocol/recordings.ts";
import { nextStage, recordingName, recordingSeconds, type RecordingStep } from "./recording.ts";

const STATES: readonly RecordingState[] = [
  "recording",
  "finishing",
  "uploading",
  "available",
  "failed",
];

function go(state: RecordingState, step: RecordingStep): RecordingState | undefined {
  return nextStage({ state, failure: null }, step)?.state;
}

Deno.test("a recording goes from running to available, with a way back for uploads", () => {
  assert.equal(go("recording", { type: "stopped" }), "finishing");
  assert.equal(go("finishing", { type: "upload_begun" }), "uploading");
  assert.equal(go("uploading", { type: "upload_given_up" }), "finishing");
  assert.equal(go("uploading", { type: "upload_begun" }), "uploading");
  assert.equal(go("uploading", { type: "uploaded" }), "available");
});

Deno.test("everything but a failure can fail, and says why", () => {
  for (const state of STATES.filter((each) => each !== "failed")) {
    const failed = nextStage({ state, failure: null }, { type: "failed", reason: "checksum" });
    assert.deepEqual(failed, { state: "failed", failure: "checksum" });
  }
  assert.equal(go("failed", { type: "failed", reason: "lost" }), undefined);
});

Deno.test("a failed one can be uploaded again, and the failure is forgotten", () => {
  const failed = { state: "failed", failure: "abandoned" } as const;
  const again = { state: "uploading", failure: null };
  assert.deepEqual(nextStage(failed, { type: "upload_begun" }), again);
});

Deno.test("nothing else leads anywhere", () => {
  const steps = ["stopped", "upload_begun", "upload_given_up", "uploaded"] as const;
  const ways = STATES.flatMap((state) =>
    steps.filter((type) => go(state, { type }) !== undefined).map((type) => `${state} ${type}`)
  );
  assert.deepEqual(ways, [
    "recording stopped",
    "finishing upload_begun",
    "uploading upload_begun",
    "uploading upload_given_up",
    "uploading uploaded",
    "failed upload_begun",
  ]);
});

Deno.test("files are named after the second in UTC", () => {
  assert.equal(recordingName(Date.UTC(2024, 0, 1, 12, 0, 0, 999)), "recording_20240101_120000");
});

Deno.test("what runs has no length yet", () => {
  const start = "2024-01-01T12:00:00.000Z";
  assert.equal(recordingSeconds(start, null), 0);
  assert.equal(recordingSeconds(start, "2024-01-01T13:00:00.400Z"), 3600);
  assert.equal(recordingSeconds(start, "2024-01-01T11:59:59.000Z"), 0);
});
