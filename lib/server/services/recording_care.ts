/** What recordings need that nobody asks for: they end with their room, and nothing is left lying. */
import {
  MAX_RECORDING_SECONDS,
  ORPHAN_PART_SECONDS,
  RECORDING_UPLOAD_SECONDS,
} from "../../shared/protocol/limits.ts";
import type { RecordingEnd } from "../../shared/protocol/recordings.ts";
import { isAppError } from "../app_error.ts";
import type { BusEvent } from "../bus.ts";
import { loadParticipant, loadPresent } from "../store/participants.ts";
import { listRecordings, type RecordingRecord } from "../store/recordings.ts";
import { loadRoom } from "../store/rooms.ts";
import type { RecordingLedger } from "./recording_ledger.ts";
import type { RecordingUploads } from "./recording_uploads.ts";
import type { ServiceContext } from "./services.ts";

const SECOND_MS = 1000;
const SWEEP_MS = 60 * 60 * SECOND_MS;

interface Others {
  ledger: RecordingLedger;
  uploads: RecordingUploads;
}

export class RecordingCare {
  readonly #context: ServiceContext;
  readonly #others: Others;
  readonly #underWay = new Set<Promise<void>>();
  #timer: ReturnType<typeof setInterval> | undefined;
  #unsubscribe: (() => void) | undefined;

  constructor(context: ServiceContext, others: Others) {
    this.#context = context;
    this.#others = others;
  }

  /** At boot: takes up what the last process left, and watches from now on. */
  async begin(): Promise<void> {
    for (const { room_id } of await this.#others.ledger.restore()) {
      const room = await loadRoom(this.#context.kv, room_id);
      if (!room?.is_active) await this.#stop(room_id, "room_ended");
      else await this.#stopIfEmpty(room_id);
    }
    this.#unsubscribe = this.#context.bus.subscribe((event) => this.#watch(event));
    this.#do("sweep", () => this.sweep());
    this.#timer = setInterval(() => this.#do("sweep", () => this.sweep()), SWEEP_MS);
    Deno.unrefTimer(this.#timer);
  }

  /** Resolves when nothing is under way any more. */
  async end(): Promise<void> {
    clearInterval(this.#timer);
    this.#unsubscribe?.();
    await Promise.all(this.#underWay);
  }

  /** Ends what goes on for too long, gives up what does not come, removes what nobody knows of. */
  async sweep(): Promise<void> {
    const { clock } = this.#context;
    const { ledger, uploads } = this.#others;
    for (const { room_id, started_at } of ledger.allRunning()) {
      const isLong = Date.parse(started_at) + MAX_RECORDING_SECONDS * SECOND_MS < clock();
      if (isLong) await this.#stop(room_id, "too_long");
    }
    const known = new Set<string>();
    for await (const recording of listRecordings(this.#context.kv)) {
      await uploads.finishComplete(recording);
      if (await this.#isAbandoned(recording)) await this.#giveUp(recording);
      for (const { upload_id } of recording.uploads) {
        known.add(ledger.files.partOf(recording, upload_id));
      }
    }
    await ledger.files.sweep(known, clock() - ORPHAN_PART_SECONDS * SECOND_MS);
  }

  #watch(event: BusEvent): void {
    switch (event.type) {
      case "participant_left":
        return this.#do("somebody left", () => this.#left(event.room_id, event.user_id));
      case "participant_gone":
        return this.#do("somebody is gone", async () => {
          const { room_id, participant_id } = event;
          const row = await loadParticipant(this.#context.kv, room_id, participant_id);
          if (row !== null && row.left_at !== null) await this.#left(room_id, row.user_id);
        });
      case "room_ended":
        return this.#do("room ended", () => this.#stop(event.room.room_id, "room_ended"));
      case "room_updated":
        if (event.room.recording_enabled) return;
        return this.#do("disabled", () => this.#stop(event.room.room_id, "disabled"));
    }
  }

  async #left(roomId: number, userId: number): Promise<void> {
    const running = this.#others.ledger.running(roomId);
    if (running === null) return;
    if (running.started_by === userId) await this.#stop(roomId, "recorder_left");
    else await this.#stopIfEmpty(roomId);
  }

  async #stopIfEmpty(roomId: number): Promise<void> {
    const present = await loadPresent(this.#context.kv, roomId);
    if (present.length === 0) await this.#stop(roomId, "room_empty");
  }

  async #stop(roomId: number, reason: RecordingEnd): Promise<void> {
    const { ledger } = this.#others;
    const running = ledger.running(roomId);
    if (running === null) return;
    try {
      await ledger.stop(running.recording_id, reason, null);
    } catch (error) {
      // Somebody was faster.
      if (!isAppError(error) || error.code !== "RECORDING_NOT_RUNNING") throw error;
    }
  }

  /** Ended, or brought something, too long ago. */
  async #isAbandoned(recording: RecordingRecord): Promise<boolean> {
    const { state, changed_at, uploads } = recording;
    if (state !== "finishing" && state !== "uploading") return false;
    const { files } = this.#others.ledger;
    const since = this.#context.clock() - RECORDING_UPLOAD_SECONDS * SECOND_MS;
    if (Date.parse(changed_at) >= since) return false;
    const upload = uploads.find(({ kind }) => kind === "video");
    if (upload === undefined) return true;
    return await files.changedAt(files.partOf(recording, upload.upload_id)) < since;
  }

  async #giveUp(recording: RecordingRecord): Promise<void> {
    const { ledger } = this.#others;
    await ledger.fail(recording.recording_id, "abandoned");
    const upload = recording.uploads.find(({ kind }) => kind === "video");
    if (upload === undefined) return;
    await ledger.files.remove(ledger.files.partOf(recording, upload.upload_id));
  }

  #do(what: string, job: () => Promise<void>): void {
    const promise: Promise<void> = job().catch((error: unknown) => {
      this.#context.log.write({ event: "failed", scope: `recordings: ${what}`, error });
    }).finally(() => this.#underWay.delete(promise));
    this.#underWay.add(promise);
  }
}
