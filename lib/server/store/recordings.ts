/** Recordings in the store: one record each, found by room, by file name, and while it runs. */
import { z } from "zod";
import { RecordingFailure, RecordingState, UploadKind } from "../../shared/protocol/recordings.ts";
import { AppError } from "../app_error.ts";
import { keys } from "./keys.ts";
import { load, loadEntry, loadMany, transact } from "./kv.ts";

/** Of each kind at most one; a new one replaces the old one. */
const UploadRecord = z.object({
  upload_id: z.string(),
  kind: UploadKind,
  /** Bytes, as declared before the first one. */
  length: z.int().positive(),
  /** Lower-case hexadecimal; null: not declared. */
  sha256: z.string().nullable(),
  begun_at: z.string(),
  is_finished: z.boolean(),
});
export type UploadRecord = z.infer<typeof UploadRecord>;

export const RecordingRecord = z.object({
  recording_id: z.int().positive(),
  room_id: z.int().positive(),
  room_name: z.string(),
  started_by: z.int().positive(),
  started_by_name: z.string(),
  started_at: z.string(),
  ended_at: z.string().nullable(),
  /** Of its files, without folder and ending; unique in its room. */
  name: z.string(),
  state: RecordingState,
  failure: RecordingFailure.nullable(),
  /** Bytes of the file that is here. */
  file_size: z.int().min(0),
  has_thumbnail: z.boolean(),
  uploads: z.array(UploadRecord),
  /** When it last got into another state. */
  changed_at: z.string(),
});
export type RecordingRecord = z.infer<typeof RecordingRecord>;

/** Names are made from seconds; two recordings of one room in one second are rare. */
const MAX_NAME_TRIES = 60;

/**
 * @param draw makes the record; called again with the next number when the name is taken
 * @throws AppError RECORDING_RUNNING
 */
export function createRecording(
  kv: Deno.Kv,
  roomId: number,
  draw: (attempt: number) => RecordingRecord,
): Promise<RecordingRecord> {
  return transact(async () => {
    const running = await loadEntry(kv, keys.runningRecording(roomId), z.int());
    if (running.value !== null) throw new AppError("RECORDING_RUNNING");
    const recording = await firstFree(kv, draw);
    const { recording_id, name } = recording;
    const commit = kv.atomic()
      .check(running)
      .check({ key: keys.recordingIdByName(roomId, name), versionstamp: null })
      .check({ key: keys.recording(recording_id), versionstamp: null })
      .set(keys.recording(recording_id), recording)
      .set(keys.recordingIdByName(roomId, name), recording_id)
      .set(keys.recordingOfRoom(roomId, recording_id), true)
      .set(keys.runningRecording(roomId), recording_id);
    return { commit, result: recording };
  });
}

async function firstFree(
  kv: Deno.Kv,
  draw: (attempt: number) => RecordingRecord,
): Promise<RecordingRecord> {
  for (let attempt = 0; attempt < MAX_NAME_TRIES; attempt++) {
    const recording = draw(attempt);
    const key = keys.recordingIdByName(recording.room_id, recording.name);
    if (await load(kv, key, z.int()) === null) return recording;
  }
  throw new AppError("CONFLICT");
}

export function loadRecording(kv: Deno.Kv, recordingId: number): Promise<RecordingRecord | null> {
  return load(kv, keys.recording(recordingId), RecordingRecord);
}

/** Null: none runs in this room. */
export function loadRunningId(kv: Deno.Kv, roomId: number): Promise<number | null> {
  return load(kv, keys.runningRecording(roomId), z.int());
}

/** @param change the domain's rule; may throw */
export function updateRecording(
  kv: Deno.Kv,
  recordingId: number,
  change: (recording: RecordingRecord) => RecordingRecord,
): Promise<RecordingRecord | null> {
  return transact(async () => {
    const entry = await loadEntry(kv, keys.recording(recordingId), RecordingRecord);
    if (entry.value === null) return { commit: null, result: null };
    const recording = change(entry.value);
    const commit = kv.atomic().check(entry).set(entry.key, recording);
    const hasEnded = entry.value.state === "recording" && recording.state !== "recording";
    if (hasEnded) commit.delete(keys.runningRecording(recording.room_id));
    return { commit, result: recording };
  });
}

export async function deleteRecording(kv: Deno.Kv, recording: RecordingRecord): Promise<void> {
  const { recording_id, room_id, name, state } = recording;
  const commit = kv.atomic()
    .delete(keys.recording(recording_id))
    .delete(keys.recordingIdByName(room_id, name))
    .delete(keys.recordingOfRoom(room_id, recording_id));
  if (state === "recording") commit.delete(keys.runningRecording(room_id));
  await commit.commit();
}

/** Newest first. */
export async function* listRecordings(kv: Deno.Kv): AsyncGenerator<RecordingRecord> {
  const options = { reverse: true, batchSize: 100 };
  for await (const { value } of kv.list({ prefix: keys.recordings() }, options)) {
    yield RecordingRecord.parse(value);
  }
}

/** Of one room, newest first. */
export async function* listRecordingsOfRoom(
  kv: Deno.Kv,
  roomId: number,
): AsyncGenerator<RecordingRecord> {
  const ids: number[] = [];
  for await (const { key } of kv.list({ prefix: keys.recordingsOfRoom(roomId) })) {
    ids.push(z.int().parse(key.at(-1)));
  }
  const newestFirst = ids.reverse().map(keys.recording);
  yield* await loadMany(kv, newestFirst, RecordingRecord);
}

/** Those that run. */
export async function loadRunning(kv: Deno.Kv): Promise<RecordingRecord[]> {
  const ids: number[] = [];
  for await (const { value } of kv.list({ prefix: keys.runningRecordings() })) {
    ids.push(z.int().parse(value));
  }
  return await loadMany(kv, ids.map(keys.recording), RecordingRecord);
}
