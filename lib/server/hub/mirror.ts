/**
 * Copies live facts to KV, behind the room's back: the hub never waits for storage. One write per
 * participant is under way at a time; changes meanwhile collapse into the next one.
 */
import type { LeaveReason } from "../../shared/protocol/messages.ts";
import type { ParticipantRecord } from "../store/participants.ts";

interface Job {
  record: ParticipantRecord;
  /** Set: the participant is gone. */
  left?: LeaveReason;
}

export interface MirrorPorts {
  write(record: ParticipantRecord): Promise<void>;
  markLeft(record: ParticipantRecord, reason: LeaveReason): Promise<void>;
  failed(error: unknown, record: ParticipantRecord): void;
}

export class Mirror {
  readonly #ports: MirrorPorts;
  readonly #next = new Map<number, Job>();
  readonly #running = new Map<number, Promise<void>>();

  constructor(ports: MirrorPorts) {
    this.#ports = ports;
  }

  flags(record: ParticipantRecord): void {
    this.#put({ record });
  }

  left(record: ParticipantRecord, reason: LeaveReason): void {
    this.#put({ record, left: reason });
  }

  /** Resolves when everything said so far is written or has failed. */
  async settled(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running.values());
  }

  #put(job: Job): void {
    const id = job.record.participant_id;
    this.#next.set(id, job);
    if (!this.#running.has(id)) this.#running.set(id, this.#drain(id));
  }

  async #drain(id: number): Promise<void> {
    for (let job = this.#next.get(id); job !== undefined; job = this.#next.get(id)) {
      this.#next.delete(id);
      try {
        await (job.left === undefined
          ? this.#ports.write(job.record)
          : this.#ports.markLeft(job.record, job.left));
      } catch (error) {
        this.#ports.failed(error, job.record);
      }
    }
    this.#running.delete(id);
  }
}
