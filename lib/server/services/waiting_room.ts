/** The waiting room: letting in and sending away. */
import { mustWait } from "../../shared/domain/waiting_room.ts";
import { AppError } from "../app_error.ts";
import {
  type Expelled,
  loadParticipant,
  loadWaiting,
  type ParticipantRecord,
  takePlace,
} from "../store/participants.ts";
import type { RoomRecord } from "../store/rooms.ts";
import type { Actor } from "./room_access.ts";
import type { RoomActs } from "./room_acts.ts";
import type { ServiceContext } from "./services.ts";

export class WaitingRoom {
  readonly #context: ServiceContext;
  readonly #acts: RoomActs;

  constructor(context: ServiceContext, acts: RoomActs) {
    this.#context = context;
    this.#acts = acts;
  }

  /**
   * Lets one in, or with null all who wait, as many as there are places for. Somebody who is in
   * already is answered as they are: two hosts may open at the same moment.
   * @throws AppError PARTICIPANT_NOT_FOUND, ROOM_FULL
   */
  async admit(room: RoomRecord, by: Actor, target: number | null): Promise<ParticipantRecord[]> {
    if (target !== null) {
      const row = await this.#find(room, target);
      if (row.left_at === null) return [row];
      const admitted = await this.#letIn(room, row);
      this.#acts.tell(room.room_id, by, { action: "admit", target: admitted });
      return [admitted];
    }
    const admitted = await this.#letAllIn(room, await loadWaiting(this.#context.kv, room.room_id));
    if (admitted.length > 0) this.#acts.tell(room.room_id, by, { action: "admit", target: null });
    return admitted;
  }

  /** Sends one away, or with null all who wait. @throws AppError PARTICIPANT_NOT_FOUND */
  async deny(room: RoomRecord, by: Actor, target: number | null): Promise<ParticipantRecord[]> {
    const { kv } = this.#context;
    if (target !== null) {
      const row = await this.#find(room, target);
      if (row.waiting_since === null) throw new AppError("PARTICIPANT_NOT_FOUND");
      const expelled = await this.#acts.expel(room, target);
      this.#acts.tell(room.room_id, by, { action: "deny", target: row });
      this.#turnAway(expelled);
      return [expelled.row];
    }
    const rows = await loadWaiting(kv, room.room_id);
    const expelled = [];
    for (const row of rows) expelled.push(await this.#acts.expel(room, row.participant_id));
    if (rows.length > 0) this.#acts.tell(room.room_id, by, { action: "deny", target: null });
    for (const each of expelled) this.#turnAway(each);
    return expelled.map(({ row }) => row);
  }

  #turnAway(expelled: Expelled): void {
    this.#context.denials.add(expelled.row);
    this.#acts.dismiss(expelled, "denied");
  }

  /** After a change of the door: who need not wait any more comes in. A locked door stays shut. */
  async release(room: RoomRecord, by: Actor): Promise<void> {
    if (room.is_locked) return;
    const waiting = await loadWaiting(this.#context.kv, room.room_id);
    const free = waiting.filter((row) =>
      !mustWait(room, { ...row, holdsPlace: false, isWaiting: true })
    );
    const admitted = await this.#letAllIn(room, free).catch((error) => {
      // There is no place for anybody: they go on waiting.
      if (error instanceof AppError && error.code === "ROOM_FULL") return [];
      throw error;
    });
    for (const row of admitted) this.#acts.tell(room.room_id, by, { action: "admit", target: row });
  }

  async #find(room: RoomRecord, participantId: number): Promise<ParticipantRecord> {
    const row = await loadParticipant(this.#context.kv, room.room_id, participantId);
    if (row === null || (row.left_at !== null && row.waiting_since === null)) {
      throw new AppError("PARTICIPANT_NOT_FOUND");
    }
    return row;
  }

  /** @throws AppError ROOM_FULL when there is no place for any of them */
  async #letAllIn(
    room: RoomRecord,
    rows: readonly ParticipantRecord[],
  ): Promise<ParticipantRecord[]> {
    const admitted: ParticipantRecord[] = [];
    for (const row of rows) {
      try {
        admitted.push(await this.#letIn(room, row));
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        // Gone meanwhile: no reason to keep the others waiting.
        if (error.code === "PARTICIPANT_NOT_FOUND") continue;
        if (error.code !== "ROOM_FULL" || admitted.length === 0) throw error;
        break;
      }
    }
    return admitted;
  }

  async #letIn(
    { room_id: roomId }: RoomRecord,
    { user_id: userId }: ParticipantRecord,
  ): Promise<ParticipantRecord> {
    const { kv, bus, log, clock, roomTurns } = this.#context;
    const joined_at = new Date(clock()).toISOString();
    const taken = await roomTurns.take(roomId, () =>
      takePlace(kv, {
        roomId,
        userId,
        decide: ({ room, earlier, others }) => {
          if (!earlier || earlier.waiting_since === null) {
            throw new AppError("PARTICIPANT_NOT_FOUND");
          }
          assertRoomFor(room, others);
          const inside = { left_at: null, waiting_since: null, is_admitted: true, joined_at };
          return Promise.resolve({ ...earlier, ...inside });
        },
      }));
    if (taken === null) throw new AppError("ROOM_NOT_FOUND");
    const { room, participant } = taken;
    const { participant_id } = participant;
    log.write({ event: "participant_joined", room_id: roomId, participant_id, resumed: false });
    bus.publish({ type: "participant_admitted", room, participant });
    return participant;
  }
}

/** @throws AppError ROOM_FULL */
export function assertRoomFor(
  { max_participants }: Pick<RoomRecord, "max_participants">,
  current_participants: number,
): void {
  if (current_participants < max_participants) return;
  throw new AppError("ROOM_FULL", { max_participants, current_participants });
}
