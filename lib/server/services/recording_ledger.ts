/** The account of recordings: what stage each is in, which run, and who is told of it. */
import { nextStage, recordingSeconds, type RecordingStep } from "../../shared/domain/recording.ts";
import type {
  Recording,
  RecordingEnd,
  RecordingFailure,
  RunningRecording,
} from "../../shared/protocol/recordings.ts";
import { AppError } from "../app_error.ts";
import { RecordingFiles } from "../media/recording_files.ts";
import {
  createRecording,
  loadRunning,
  type RecordingRecord,
  updateRecording,
} from "../store/recordings.ts";
import type { Somebody } from "./room_access.ts";
import type { ServiceContext } from "./services.ts";

export class RecordingLedger {
  readonly files: RecordingFiles;
  readonly #context: ServiceContext;
  /** By room: a copy of what storage says, for those who cannot wait. */
  readonly #running = new Map<number, RunningRecording>();

  constructor(context: ServiceContext) {
    this.#context = context;
    this.files = new RecordingFiles(context.config.recordingsDir);
  }

  /** At boot. @returns those that run */
  async restore(): Promise<RecordingRecord[]> {
    const running = await loadRunning(this.#context.kv);
    for (const recording of running) this.#running.set(recording.room_id, runningOf(recording));
    return running;
  }

  /** What everyone in the room may know; null: nothing runs. */
  running(roomId: number): RunningRecording | null {
    return this.#running.get(roomId) ?? null;
  }

  allRunning(): RunningRecording[] {
    return [...this.#running.values()];
  }

  /** @throws AppError RECORDING_RUNNING */
  async begin(
    roomId: number,
    draw: (attempt: number) => RecordingRecord,
  ): Promise<RecordingRecord> {
    const { kv, bus, log } = this.#context;
    const recording = await createRecording(kv, roomId, draw);
    const { recording_id, room_id, started_by } = recording;
    this.#running.set(room_id, runningOf(recording));
    log.write({ event: "recording_started", room_id, recording_id, user_id: started_by });
    await this.#audit("recording_started", recording, {
      user_id: started_by,
      user_name: recording.started_by_name,
    });
    bus.publish({ type: "recording_started", room_id, recording: runningOf(recording) });
    return recording;
  }

  /**
   * @param by null: the server itself
   * @throws AppError RECORDING_NOT_RUNNING, RECORDING_NOT_FOUND
   */
  async stop(
    recordingId: number,
    reason: RecordingEnd,
    by: Somebody | null,
  ): Promise<RecordingRecord> {
    const { bus, log, clock } = this.#context;
    const ended_at = new Date(clock()).toISOString();
    const recording = await this.change(recordingId, (current) => {
      if (current.state !== "recording") throw new AppError("RECORDING_NOT_RUNNING");
      return { ...this.#step(current, { type: "stopped" }), ended_at };
    });
    const { recording_id, room_id } = recording;
    if (this.#running.get(room_id)?.recording_id === recording_id) this.#running.delete(room_id);
    const stopped_by = by?.user_id ?? null;
    log.write({ event: "recording_stopped", room_id, recording_id, reason, user_id: stopped_by });
    await this.#audit("recording_stopped", recording, by, { reason });
    const told = { recording_id, room_id, ended_at, reason, stopped_by };
    bus.publish({ type: "recording_stopped", room_id, told });
    return recording;
  }

  /** @throws AppError CONFLICT where it cannot go that way, RECORDING_NOT_FOUND */
  advance(
    recordingId: number,
    step: RecordingStep,
    facts: (current: RecordingRecord) => Partial<RecordingRecord> = () => ({}),
  ): Promise<RecordingRecord> {
    return this.change(recordingId, (current) => ({
      ...this.#step(current, step),
      ...facts(current),
    }));
  }

  /** What has come of the file is void. @throws AppError as `advance` */
  async fail(recordingId: number, reason: RecordingFailure): Promise<void> {
    const { room_id, recording_id } = await this.advance(
      recordingId,
      { type: "failed", reason },
      (current) => ({ uploads: current.uploads.filter(({ kind }) => kind !== "video") }),
    );
    this.#context.log.write({ event: "recording_failed", room_id, recording_id, reason });
  }

  /** @throws AppError RECORDING_NOT_FOUND */
  async change(
    recordingId: number,
    change: (recording: RecordingRecord) => RecordingRecord,
  ): Promise<RecordingRecord> {
    const changed = await updateRecording(this.#context.kv, recordingId, change);
    if (changed === null) throw new AppError("RECORDING_NOT_FOUND");
    return changed;
  }

  /** As the protocol shows it. */
  async describe(recording: RecordingRecord, can_delete: boolean): Promise<Recording> {
    const { uploads: _, name, changed_at: __, has_thumbnail, ...shown } = recording;
    const { room_id, state, started_at, ended_at } = shown;
    const path = `/recordings/room_${room_id}/${name}`;
    return {
      ...shown,
      file_path: `${path}.mp4`,
      duration: recordingSeconds(started_at, ended_at),
      is_processing: state === "finishing" || state === "uploading",
      is_available: state === "available",
      thumbnail_path: has_thumbnail ? `${path}_thumb.jpg` : null,
      uploaded_bytes: await this.#uploadedBytes(recording),
      can_delete,
    };
  }

  async #uploadedBytes(recording: RecordingRecord): Promise<number> {
    if (recording.state === "available") return recording.file_size;
    const upload = recording.uploads.find(({ kind }) => kind === "video");
    if (upload === undefined) return 0;
    return await this.files.bytesOf(this.files.partOf(recording, upload.upload_id)) ?? 0;
  }

  #step(recording: RecordingRecord, step: RecordingStep): RecordingRecord {
    const stage = nextStage(recording, step);
    if (stage === null) throw new AppError("CONFLICT");
    return { ...recording, ...stage, changed_at: new Date(this.#context.clock()).toISOString() };
  }

  async #audit(
    action: "recording_started" | "recording_stopped",
    { recording_id, room_id, room_name }: RecordingRecord,
    by: Somebody | null,
    details: Record<string, string> = {},
  ): Promise<void> {
    await this.#context.audit.record({
      action,
      actor: by === null ? { kind: "system", name: "" } : { kind: "user", name: by.user_name },
      target: { kind: "recording", id: String(recording_id), name: room_name },
      details: { room_id, ...details },
    });
  }
}

function runningOf(recording: RecordingRecord): RunningRecording {
  const { recording_id, room_id, started_by, started_by_name, started_at } = recording;
  return { recording_id, room_id, started_by, started_by_name, started_at };
}
