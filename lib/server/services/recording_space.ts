/** How much room recordings take, and whether more of them fit. */
import { RECORDING_RESERVE_BYTES } from "../../shared/protocol/limits.ts";
import type { RecordingState, RecordingStorage } from "../../shared/protocol/recordings.ts";
import { AppError } from "../app_error.ts";
import { listRecordings } from "../store/recordings.ts";
import type { RecordingLedger } from "./recording_ledger.ts";
import type { ServiceContext } from "./services.ts";

export interface RecordingTally {
  readonly states: Readonly<Record<RecordingState, number>>;
  /** Of files that are here. */
  readonly bytes: number;
}

export class RecordingSpace {
  readonly #context: ServiceContext;
  readonly #ledger: RecordingLedger;

  constructor(context: ServiceContext, ledger: RecordingLedger) {
    this.#context = context;
    this.#ledger = ledger;
  }

  /**
   * What is promised to uploads on their way counts as taken.
   * @param bytes of a new one
   * @throws AppError STORAGE_FULL
   */
  async assertFor(bytes: number): Promise<void> {
    const { files } = this.#ledger;
    const quota = this.#context.config.recordingsQuotaBytes;
    const wanted = bytes + await this.#promisedBytes();
    if (quota !== null && await files.usedBytes() + wanted > quota) {
      throw new AppError("STORAGE_FULL", { reason: "limit" });
    }
    if (await files.freeBytes() - wanted < RECORDING_RESERVE_BYTES) {
      throw new AppError("STORAGE_FULL", { reason: "disk" });
    }
  }

  /** While bytes come in: others fill the disk, too. @throws AppError STORAGE_FULL */
  async assertReserve(): Promise<void> {
    if (await this.#ledger.files.freeBytes() >= RECORDING_RESERVE_BYTES) return;
    throw new AppError("STORAGE_FULL", { reason: "disk" });
  }

  async report(): Promise<RecordingStorage> {
    const { config, log } = this.#context;
    const { files } = this.#ledger;
    const free = files.freeBytes().catch((error: unknown) => {
      log.write({ event: "store_failed", scope: "free space for recordings", error });
      return null;
    });
    return {
      used_bytes: await files.usedBytes(),
      free_bytes: await free,
      limit_bytes: config.recordingsQuotaBytes,
      max_size_bytes: config.maxRecordingBytes,
    };
  }

  async tally(): Promise<RecordingTally> {
    const states = { recording: 0, finishing: 0, uploading: 0, available: 0, failed: 0 };
    let bytes = 0;
    for await (const { state, file_size } of listRecordings(this.#context.kv)) {
      states[state]++;
      bytes += file_size;
    }
    return { states, bytes };
  }

  async #promisedBytes(): Promise<number> {
    const { files } = this.#ledger;
    let sum = 0;
    for await (const recording of listRecordings(this.#context.kv)) {
      for (const { upload_id, length, is_finished } of recording.uploads) {
        if (is_finished) continue;
        const here = await files.bytesOf(files.partOf(recording, upload_id));
        if (here !== null) sum += length - here;
      }
    }
    return sum;
  }
}
