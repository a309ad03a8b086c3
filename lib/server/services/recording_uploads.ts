/**
 * Files of recordings on their way here (tus 1.0): declared before the first byte, taken in piece by
 * piece, resumed after any interruption. Only who recorded may upload.
 */
import { recordingSeconds } from "../../shared/domain/recording.ts";
import { MAX_THUMBNAIL_BYTES } from "../../shared/protocol/limits.ts";
import type { Upload, UploadKind } from "../../shared/protocol/recordings.ts";
import { AppError } from "../app_error.ts";
import type { Caller } from "../auth/principal.ts";
import { headOf, looksLike, sha256Of, TELLING_BYTES } from "../media/file_checks.ts";
import { takeIn } from "../media/part_writer.ts";
import type { RecordingRecord, UploadRecord } from "../store/recordings.ts";
import { Turns } from "../store/turns.ts";
import type { RecordingAccess } from "./recording_access.ts";
import type { RecordingLedger } from "./recording_ledger.ts";
import type { RecordingSpace } from "./recording_space.ts";
import type { ServiceContext } from "./services.ts";

export interface UploadWish {
  kind: UploadKind;
  /** Bytes. */
  length: number;
  /** Of the whole, in hexadecimal; null: not declared. */
  sha256: string | null;
}

export interface UploadPiece {
  /** Where the sender thinks that the upload stands. */
  offset: number;
  body: ReadableStream<Uint8Array> | null;
  /** Of the piece, in base64; null: not declared. */
  sha256: string | null;
}

/** Which upload. */
export interface UploadName {
  recordingId: number;
  uploadId: string;
}

interface Others {
  access: RecordingAccess;
  ledger: RecordingLedger;
  space: RecordingSpace;
}

interface Found {
  recording: RecordingRecord;
  upload: UploadRecord;
}

export class RecordingUploads {
  readonly #context: ServiceContext;
  readonly #others: Others;
  /** One thing at a time is done to one upload. */
  readonly #turns = new Turns<string>();
  /** By upload: ends the piece that comes in now. */
  readonly #writers = new Map<string, AbortController>();

  constructor(context: ServiceContext, others: Others) {
    this.#context = context;
    this.#others = others;
  }

  get maxBytes(): number {
    return this.#context.config.maxRecordingBytes;
  }

  /**
   * @throws AppError RECORDING_NOT_FOUND, FORBIDDEN, RECORDING_RUNNING, CONFLICT where the file is
   *   here already, PAYLOAD_TOO_LARGE, STORAGE_FULL
   */
  async create(recordingId: number, caller: Caller, wish: UploadWish): Promise<UploadRecord> {
    await this.#assertOwn(recordingId, caller);
    const max_bytes = wish.kind === "video" ? this.maxBytes : MAX_THUMBNAIL_BYTES;
    if (wish.length > max_bytes) throw new AppError("PAYLOAD_TOO_LARGE", { max_bytes });
    return await this.#turns.take(`of ${recordingId}`, async () => {
      const { recording } = await this.#assertOwn(recordingId, caller);
      if (recording.state === "recording") throw new AppError("RECORDING_RUNNING");
      if (wish.kind === "video" && recording.state === "available") throw new AppError("CONFLICT");
      await this.#dropParts(recording, wish.kind);
      await this.#others.space.assertFor(wish.length);
      return await this.#begin(recording, wish);
    });
  }

  /** @throws AppError RECORDING_NOT_FOUND, FORBIDDEN, NOT_FOUND, CHECKSUM_MISMATCH */
  async status(name: UploadName, caller: Caller): Promise<Upload> {
    const found = await this.#find(name, caller);
    if (found.upload.is_finished) return describe(found, found.upload.length);
    const here = await this.#bytesHere(found);
    // All of it had come, and the server went down before it could say so.
    if (here === null || here === found.upload.length) {
      return await this.#exclusively(name.uploadId, () => this.#resume(name, caller));
    }
    return describe(found, here);
  }

  /**
   * Of two senders of one upload the later one goes on: the earlier one's connection is probably
   * dead, and nobody knows it yet.
   * @returns where the upload stands now
   * @throws AppError RECORDING_NOT_FOUND, FORBIDDEN, NOT_FOUND, UPLOAD_OFFSET_MISMATCH,
   *   PAYLOAD_TOO_LARGE, UNSUPPORTED_MEDIA_TYPE, CHECKSUM_MISMATCH, STORAGE_FULL
   */
  async append(name: UploadName, caller: Caller, piece: UploadPiece): Promise<number> {
    await this.#find(name, caller);
    return await this.#exclusively(name.uploadId, async (signal) => {
      const { is_finished, upload_offset, upload_length } = await this.#resume(name, caller);
      if (piece.offset !== upload_offset) {
        throw new AppError("UPLOAD_OFFSET_MISMATCH", { upload_offset });
      }
      if (is_finished) return upload_offset;
      const found = await this.#find(name, caller);
      const { files } = this.#others.ledger;
      const file = files.partOf(found.recording, name.uploadId);
      const assertSpace = () => this.#others.space.assertReserve();
      const offset = await takeIn({ ...piece, file, length: upload_length, signal, assertSpace });
      // Another one may have taken its place, or the recording was deleted.
      await this.#find(name, caller);
      if (piece.offset < TELLING_BYTES) await this.#assertType(found, offset);
      if (offset === upload_length) await this.#finish(found);
      return offset;
    });
  }

  /** @throws AppError RECORDING_NOT_FOUND, FORBIDDEN, NOT_FOUND; CONFLICT for one that is done */
  async cancel(name: UploadName, caller: Caller): Promise<void> {
    await this.#find(name, caller);
    await this.#exclusively(name.uploadId, async () => {
      const { recording, upload } = await this.#find(name, caller);
      if (upload.is_finished) throw new AppError("CONFLICT");
      await this.#discard({ recording, upload });
      if (upload.kind !== "video") return;
      await this.#others.ledger.advance(recording.recording_id, { type: "upload_given_up" });
    });
  }

  /** What a stopped server left: uploads that were complete are finished. Never throws. */
  async finishComplete(recording: RecordingRecord): Promise<void> {
    for (const upload of recording.uploads.filter(({ is_finished }) => !is_finished)) {
      const found = { recording, upload };
      const here = await this.#bytesHere(found);
      if (here !== null && here !== upload.length) continue;
      try {
        await this.#exclusively(upload.upload_id, () => this.#settle(found));
      } catch (error) {
        // A file that is not what it should be is noted in the record.
        const scope = `upload of recording ${recording.recording_id}`;
        this.#context.log.write({ event: "store_failed", scope, error });
      }
    }
  }

  /** Breaks off what comes in, waits for it, and does the job. */
  async #exclusively<T>(
    uploadId: string,
    job: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    this.#writers.get(uploadId)?.abort();
    const mine = new AbortController();
    this.#writers.set(uploadId, mine);
    try {
      return await this.#turns.take(uploadId, () => job(mine.signal));
    } finally {
      if (this.#writers.get(uploadId) === mine) this.#writers.delete(uploadId);
    }
  }

  async #assertOwn(recordingId: number, caller: Caller): Promise<{ recording: RecordingRecord }> {
    const { recording } = await this.#others.access.find(recordingId, caller);
    if (recording.started_by !== caller.principal.user_id) throw new AppError("FORBIDDEN");
    return { recording };
  }

  async #find({ recordingId, uploadId }: UploadName, caller: Caller): Promise<Found> {
    const { recording } = await this.#assertOwn(recordingId, caller);
    const upload = recording.uploads.find(({ upload_id }) => upload_id === uploadId);
    if (upload === undefined) throw new AppError("NOT_FOUND");
    return { recording, upload };
  }

  /** Null: no part; perhaps it is a file already. */
  #bytesHere({ recording, upload }: Found): Promise<number | null> {
    const { files } = this.#others.ledger;
    return files.bytesOf(files.partOf(recording, upload.upload_id));
  }

  async #begin(recording: RecordingRecord, wish: UploadWish): Promise<UploadRecord> {
    const { ledger } = this.#others;
    const { recording_id } = recording;
    const upload: UploadRecord = {
      ...wish,
      upload_id: crypto.randomUUID(),
      begun_at: new Date(this.#context.clock()).toISOString(),
      is_finished: false,
    };
    await ledger.files.begin(recording, upload.upload_id);
    const facts = ({ uploads }: RecordingRecord) => {
      return { uploads: [...uploads.filter(({ kind }) => kind !== wish.kind), upload] };
    };
    try {
      if (wish.kind === "video") {
        await ledger.advance(recording_id, { type: "upload_begun" }, facts);
      } else {
        await ledger.change(recording_id, (current) => ({ ...current, ...facts(current) }));
      }
    } catch (error) {
      await ledger.files.remove(ledger.files.partOf(recording, upload.upload_id));
      throw error;
    }
    return upload;
  }

  /** Where it stands; finished when all of it is here. */
  async #resume(name: UploadName, caller: Caller): Promise<Upload> {
    const found = await this.#find(name, caller);
    if (found.upload.is_finished) return describe(found, found.upload.length);
    return await this.#settle(found);
  }

  async #settle(found: Found): Promise<Upload> {
    const { recording, upload } = found;
    const { files } = this.#others.ledger;
    const here = await this.#bytesHere(found);
    if (here !== null && here < upload.length) return describe(found, here);
    if (here === upload.length) await this.#finish(found);
    else if (await files.bytesOf(files.fileOf(recording, upload.kind)) === upload.length) {
      // It had been renamed, and the server went down before it wrote that down.
      await this.#noteFinished(found);
    } else throw new AppError("NOT_FOUND");
    return describe({ recording, upload: { ...upload, is_finished: true } }, upload.length);
  }

  /** As soon as it can be told. */
  async #assertType(found: Found, bytesHere: number): Promise<void> {
    const { recording, upload } = found;
    if (bytesHere < Math.min(TELLING_BYTES, upload.length)) return;
    const { files } = this.#others.ledger;
    const head = await headOf(files.partOf(recording, upload.upload_id));
    if (looksLike(upload.kind, head)) return;
    await this.#reject(found, "wrong_type");
    throw new AppError("UNSUPPORTED_MEDIA_TYPE");
  }

  async #finish(found: Found): Promise<void> {
    const { recording, upload } = found;
    const { files } = this.#others.ledger;
    await this.#assertType(found, upload.length);
    if (upload.sha256 !== null) {
      const sha256 = await sha256Of(files.partOf(recording, upload.upload_id));
      if (sha256 !== upload.sha256) {
        await this.#reject(found, "checksum");
        throw new AppError("CHECKSUM_MISMATCH");
      }
    }
    const { kind, upload_id } = upload;
    if (!await files.finish(recording, kind, upload_id)) throw new AppError("NOT_FOUND");
    await this.#noteFinished(found);
  }

  async #noteFinished({ recording: { recording_id, room_id }, upload }: Found): Promise<void> {
    const { log, bus } = this.#context;
    const { ledger } = this.#others;
    const finished = ({ uploads }: RecordingRecord) => ({
      uploads: uploads.map((each) =>
        each.upload_id === upload.upload_id ? { ...each, is_finished: true } : each
      ),
    });
    if (upload.kind === "thumbnail") {
      await ledger.change(recording_id, (current) => {
        return { ...current, ...finished(current), has_thumbnail: true };
      });
      return;
    }
    const file_size = upload.length;
    const facts = (current: RecordingRecord) => ({ ...finished(current), file_size });
    const done = await ledger.advance(recording_id, { type: "uploaded" }, facts);
    log.write({ event: "recording_uploaded", room_id, recording_id, bytes: file_size });
    const duration = recordingSeconds(done.started_at, done.ended_at);
    const told = { recording_id, room_id, file_size, duration };
    bus.publish({ type: "recording_available", room_id, told });
  }

  async #reject(found: Found, reason: "checksum" | "wrong_type"): Promise<void> {
    await this.#discard(found);
    if (found.upload.kind !== "video") return;
    await this.#others.ledger.fail(found.recording.recording_id, reason);
  }

  async #discard({ recording, upload }: Found): Promise<void> {
    const { files } = this.#others.ledger;
    await files.remove(files.partOf(recording, upload.upload_id));
    await this.#others.ledger.change(recording.recording_id, (current) => ({
      ...current,
      uploads: current.uploads.filter(({ upload_id }) => upload_id !== upload.upload_id),
    }));
  }

  /** A new upload of this kind takes the place of an earlier one. */
  async #dropParts(recording: RecordingRecord, kind: UploadKind): Promise<void> {
    const { files } = this.#others.ledger;
    for (const { upload_id } of recording.uploads.filter((each) => each.kind === kind)) {
      const part = files.partOf(recording, upload_id);
      await this.#exclusively(upload_id, () => files.remove(part));
    }
  }
}

function describe({ recording: { recording_id }, upload }: Found, upload_offset: number): Upload {
  const { upload_id, kind, length: upload_length, is_finished } = upload;
  return { upload_id, recording_id, kind, upload_length, upload_offset, is_finished };
}
