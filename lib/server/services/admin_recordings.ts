/** Recordings as administrators see them: all of them, and the room they take. */
import type {
  AdminRecording,
  AdminRecordingsAnswer,
  AdminRecordingsQuery,
  UploadKind,
} from "../../shared/protocol/recordings.ts";
import { AppError } from "../app_error.ts";
import type { AdminCaller } from "../auth/principal.ts";
import { mapPage, pageOf } from "../store/pages.ts";
import { listRecordings, loadRecording, type RecordingRecord } from "../store/recordings.ts";
import { loadRoom } from "../store/rooms.ts";
import type { RecordingLedger } from "./recording_ledger.ts";
import type { RecordingSpace } from "./recording_space.ts";
import type { RecordingService, StoredFile } from "./recordings.ts";
import type { ServiceContext } from "./services.ts";

interface Others {
  recordings: RecordingService;
  ledger: RecordingLedger;
  space: RecordingSpace;
}

export class AdminRecordingService {
  readonly #context: ServiceContext;
  readonly #others: Others;

  constructor(context: ServiceContext, others: Others) {
    this.#context = context;
    this.#others = others;
  }

  async list({ q = "", state, ...paging }: AdminRecordingsQuery): Promise<AdminRecordingsAnswer> {
    const wanted = q.toLowerCase();
    const matches = (recording: RecordingRecord) =>
      (state === undefined || recording.state === state) &&
      (q === String(recording.recording_id) ||
        `${recording.room_name}\n${recording.started_by_name}`.toLowerCase().includes(wanted));
    const page = await pageOf(listRecordings(this.#context.kv), matches, paging);
    return {
      ...await mapPage(page, (recording) => this.#toWire(recording)),
      storage: await this.#others.space.report(),
    };
  }

  /** @throws AppError RECORDING_NOT_FOUND, RECORDING_NOT_READY, NOT_FOUND */
  async file(recordingId: number, kind: UploadKind): Promise<StoredFile> {
    return await this.#others.recordings.fileOf(await this.#find(recordingId), kind);
  }

  /** @throws AppError RECORDING_NOT_FOUND */
  async delete(recordingId: number, caller: AdminCaller): Promise<void> {
    const recording = await this.#find(recordingId);
    await this.#others.recordings.remove(recording, null);
    await this.#context.audit.recordBy(caller, {
      action: "recording_deleted",
      target: { kind: "recording", id: String(recordingId), name: recording.room_name },
      details: { room_id: recording.room_id },
    });
  }

  async #find(recordingId: number): Promise<RecordingRecord> {
    const recording = await loadRecording(this.#context.kv, recordingId);
    if (recording === null) throw new AppError("RECORDING_NOT_FOUND");
    return recording;
  }

  async #toWire(recording: RecordingRecord): Promise<AdminRecording> {
    const room = await loadRoom(this.#context.kv, recording.room_id);
    const shown = await this.#others.ledger.describe(recording, true);
    return { ...shown, room_code: room?.room_code ?? "" };
  }
}
