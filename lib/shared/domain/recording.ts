/** What can become of a recording. The file is made by who records; the server waits for it. */
import type { RecordingFailure, RecordingState } from "../protocol/recordings.ts";

export interface RecordingStage {
  readonly state: RecordingState;
  /** Null unless it failed. */
  readonly failure: RecordingFailure | null;
}

export type RecordingStep =
  | { readonly type: "stopped" }
  /** Also anew: an earlier upload of the file is void. */
  | { readonly type: "upload_begun" }
  | { readonly type: "upload_given_up" }
  | { readonly type: "uploaded" }
  | { readonly type: "failed"; readonly reason: RecordingFailure };

/** Failed ones are not lost: whoever still has the file may upload it. */
const WAYS: Readonly<
  Record<RecordingState, Partial<Record<RecordingStep["type"], RecordingState>>>
> = {
  recording: { stopped: "finishing", failed: "failed" },
  finishing: { upload_begun: "uploading", failed: "failed" },
  uploading: {
    upload_begun: "uploading",
    upload_given_up: "finishing",
    uploaded: "available",
    failed: "failed",
  },
  available: { failed: "failed" },
  failed: { upload_begun: "uploading" },
};

/** Null: there is no such way from here. */
export function nextStage({ state }: RecordingStage, step: RecordingStep): RecordingStage | null {
  const next = WAYS[state][step.type];
  if (next === undefined) return null;
  return { state: next, failure: step.type === "failed" ? step.reason : null };
}

/** `recording_20240101_120000`: the name of its files, in UTC. */
export function recordingName(startedAtMs: number): string {
  const digits = new Date(startedAtMs).toISOString().replaceAll(/\D/g, "");
  return `recording_${digits.slice(0, 8)}_${digits.slice(8, 14)}`;
}

/** Whole seconds; nothing while it runs. */
export function recordingSeconds(startedAt: string, endedAt: string | null): number {
  if (endedAt === null) return 0;
  return Math.max(0, Math.round((Date.parse(endedAt) - Date.parse(startedAt)) / 1000));
}
