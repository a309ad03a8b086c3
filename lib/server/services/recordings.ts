/** Recordings of rooms: start, stop, list, give out, delete. One way for REST and for the socket. */
import { basename } from "node:path";
import { recordingName } from "../../shared/domain/recording.ts";
import { can } from "../../shared/domain/permissions.ts";
import type {
  Recording,
  RecordingListQuery,
  RecordingTicket,
  UploadKind,
} from "../../shared/protocol/recordings.ts";
import { AppError } from "../app_error.ts";
import type { Caller } from "../auth/principal.ts";
import { openSlice, type Slice } from "../media/file_stream.ts";
import type { ParticipantRecord } from "../store/participants.ts";
import {
  deleteRecording,
  listRecordings,
  listRecordingsOfRoom,
  loadRecording,
  loadRunningId,
  type RecordingRecord,
} from "../store/recordings.ts";
import { loadRoom, type RoomRecord } from "../store/rooms.ts";
import { Turns } from "../store/turns.ts";
import type { KnownRecording, RecordingAccess } from "./recording_access.ts";
import type { RecordingLedger } from "./recording_ledger.ts";
import type { RecordingSpace } from "./recording_space.ts";
import type { RoomAccess, Somebody } from "./room_access.ts";
import type { ServiceContext } from "./services.ts";

export type RecordingCommand = "start" | "stop";

const SECOND_MS = 1000;
const TYPES = { video: "video/mp4", thumbnail: "image/jpeg" } as const;

/** A file to give out. */
export interface StoredFile {
  readonly type: string;
  /** To save it under. */
  readonly name: string;
  readonly bytes: number;
  readonly etag: string;
  open(slice: Slice): Promise<ReadableStream<Uint8Array<ArrayBuffer>>>;
}

interface Others {
  access: RoomAccess;
  recordingAccess: RecordingAccess;
  ledger: RecordingLedger;
  space: RecordingSpace;
}

export class RecordingService {
  readonly #context: ServiceContext;
  readonly #others: Others;
  /** Orders to one room are carried out one after the other. */
  readonly #turns = new Turns<number>();

  constructor(context: ServiceContext, others: Others) {
    this.#context = context;
    this.#others = others;
  }

  /**
   * By REST.
   * @throws AppError as `RoomService.view`, FORBIDDEN, GUESTS_NOT_ALLOWED, RECORDING_DISABLED,
   *   RECORDING_RUNNING, RECORDING_NOT_RUNNING, STORAGE_FULL
   */
  async perform(
    code: string,
    caller: Caller,
    command: RecordingCommand,
  ): Promise<RecordingRecord> {
    const { access } = this.#others;
    const room = await access.find(code, caller);
    return await this.#turns.take(room.room_id, async () => {
      // Who started it may stop it, whatever their role is now.
      const isOwn = command === "stop" && await this.#isStarter(room, caller.principal.user_id);
      const actor = isOwn
        ? await access.whoIs(room, caller.principal)
        : await access.require(room, caller.principal, "start_recording");
      return await this.#run(room, actor, command);
    });
  }

  /** By the socket of somebody in the room. @throws AppError as `perform` */
  performAs(
    stay: Pick<ParticipantRecord, "room_id" | "participant_id">,
    command: RecordingCommand,
  ): Promise<RecordingRecord> {
    return this.#turns.take(stay.room_id, async () => {
      const { room, actor } = await this.#others.access.staying(stay);
      const isOwn = command === "stop" && await this.#isStarter(room, actor.user_id);
      if (!isOwn && !can(actor.role, "start_recording")) throw new AppError("FORBIDDEN");
      return await this.#run(room, actor, command);
    });
  }

  /** With where the file goes. @param origin as in `https://call.example.com` */
  async ticket(recording: RecordingRecord, origin: string): Promise<RecordingTicket> {
    return {
      ...await this.#others.ledger.describe(recording, true),
      upload_url: `${origin}/video/recordings/${recording.recording_id}/uploads`,
      max_size_bytes: this.#context.config.maxRecordingBytes,
    };
  }

  /** Those that the caller may know, newest first. */
  async list(caller: Caller, query: RecordingListQuery): Promise<Recording[]> {
    const { kv } = this.#context;
    const { recordingAccess, ledger } = this.#others;
    const rights = recordingAccess.rightsOf(caller);
    const all = query.room_id === undefined
      ? listRecordings(kv)
      : listRecordingsOfRoom(kv, query.room_id);
    const known: KnownRecording[] = [];
    for await (const recording of all) {
      const right = await rights(recording);
      if (right !== null) known.push(right);
      if (known.length === query.offset + query.limit) break;
    }
    return await Promise.all(
      known.slice(query.offset).map(({ recording, canDelete }) =>
        ledger.describe(recording, canDelete)
      ),
    );
  }

  /** @throws AppError RECORDING_NOT_FOUND */
  async view(recordingId: number, caller: Caller): Promise<Recording> {
    const { recordingAccess, ledger } = this.#others;
    const { recording, canDelete } = await recordingAccess.find(recordingId, caller);
    return await ledger.describe(recording, canDelete);
  }

  /** @throws AppError RECORDING_NOT_FOUND, RECORDING_NOT_READY, NOT_FOUND */
  async file(recordingId: number, caller: Caller, kind: UploadKind): Promise<StoredFile> {
    const { recording } = await this.#others.recordingAccess.find(recordingId, caller);
    return await this.fileOf(recording, kind);
  }

  /**
   * For somebody who may have it.
   * @throws AppError RECORDING_NOT_READY; NOT_FOUND where there is no thumbnail
   */
  async fileOf(recording: RecordingRecord, kind: UploadKind): Promise<StoredFile> {
    const { files } = this.#others.ledger;
    const { recording_id, state, has_thumbnail, changed_at } = recording;
    if (kind === "thumbnail" && !has_thumbnail) throw new AppError("NOT_FOUND");
    if (kind === "video" && state !== "available") throw new AppError("RECORDING_NOT_READY");
    const path = files.fileOf(recording, kind);
    const bytes = await files.bytesOf(path);
    if (bytes === null) {
      if (kind === "thumbnail") throw new AppError("NOT_FOUND");
      await this.#others.ledger.fail(recording_id, "lost");
      throw new AppError("RECORDING_NOT_READY");
    }
    return {
      type: TYPES[kind],
      name: basename(path),
      bytes,
      etag: `"${recording_id}-${bytes.toString(36)}-${Date.parse(changed_at).toString(36)}"`,
      open: (slice) => openSlice(path, slice),
    };
  }

  /** One that still runs is stopped first. @throws AppError RECORDING_NOT_FOUND, FORBIDDEN */
  async delete(recordingId: number, caller: Caller): Promise<void> {
    const { access, recordingAccess } = this.#others;
    const { recording, canDelete } = await recordingAccess.find(recordingId, caller);
    if (!canDelete) throw new AppError("FORBIDDEN");
    const room = await loadRoom(this.#context.kv, recording.room_id);
    if (room === null) throw new AppError("RECORDING_NOT_FOUND");
    const by = await access.whoIs(room, caller.principal);
    await this.remove(recording, by);
    await this.#context.audit.record({
      action: "recording_deleted",
      actor: { kind: "user", name: by.user_name },
      address: caller.address,
      target: { kind: "recording", id: String(recordingId), name: recording.room_name },
      details: { room_id: recording.room_id },
    });
  }

  /** By somebody who may. Files go first: what is left of a failure can be deleted again. */
  async remove(
    { recording_id, room_id, state }: RecordingRecord,
    by: Somebody | null,
  ): Promise<void> {
    const { kv, log } = this.#context;
    const { ledger } = this.#others;
    if (state === "recording") {
      await this.#turns.take(room_id, () => ledger.stop(recording_id, "deleted", by));
    }
    const recording = await loadRecording(kv, recording_id);
    if (recording === null) return;
    await ledger.files.removeAll(recording);
    await deleteRecording(kv, recording);
    log.write({ event: "recording_deleted", room_id, recording_id, user_id: by?.user_id ?? null });
  }

  async #isStarter({ room_id }: RoomRecord, userId: number): Promise<boolean> {
    const id = await loadRunningId(this.#context.kv, room_id);
    const recording = id && await loadRecording(this.#context.kv, id);
    return recording ? recording.started_by === userId : false;
  }

  async #run(
    room: RoomRecord,
    actor: Somebody,
    command: RecordingCommand,
  ): Promise<RecordingRecord> {
    if (command === "start") return await this.#start(room, actor);
    const id = await loadRunningId(this.#context.kv, room.room_id);
    if (id === null) throw new AppError("RECORDING_NOT_RUNNING");
    return await this.#others.ledger.stop(id, "stopped", actor);
  }

  async #start(
    { room_id, room_name, recording_enabled }: RoomRecord,
    { user_id, user_name }: Somebody,
  ): Promise<RecordingRecord> {
    const { limits, ids, clock } = this.#context;
    const { ledger, space } = this.#others;
    if (!recording_enabled) throw new AppError("RECORDING_DISABLED");
    if (ledger.running(room_id) !== null) throw new AppError("RECORDING_RUNNING");
    limits.hit("recording_starts", user_id);
    // Better told now than after the call.
    await space.assertFor(0);
    const recording_id = await ids.next("recording");
    const now = clock();
    const started_at = new Date(now).toISOString();
    return await ledger.begin(room_id, (attempt) => ({
      recording_id,
      room_id,
      room_name,
      started_by: user_id,
      started_by_name: user_name,
      started_at,
      ended_at: null,
      name: recordingName(now + attempt * SECOND_MS),
      state: "recording",
      failure: null,
      file_size: 0,
      has_thumbnail: false,
      uploads: [],
      changed_at: started_at,
    }));
  }
}
