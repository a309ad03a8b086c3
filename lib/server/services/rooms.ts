/** Rooms: make, list, look at, change, end. */
import {
  type CreateRoom,
  type RoomListQuery,
  type UpdateRoom,
} from "../../shared/protocol/rooms.ts";
import { ROOM_CODE_ALPHABET, ROOM_CODE_CHARS } from "../../shared/protocol/limits.ts";
import { AppError } from "../app_error.ts";
import type { Caller, Principal, SessionPrincipal } from "../auth/principal.ts";
import { closeRoom } from "../store/participants.ts";
import { createRoom, listRoomIds, loadRooms, type RoomRecord, updateRoom } from "../store/rooms.ts";
import type { Actor, RoomAccess } from "./room_access.ts";
import type { RoomActs } from "./room_acts.ts";
import type { ServiceContext } from "./services.ts";
import type { WaitingRoom } from "./waiting_room.ts";

/** Records read at once while a list is put together. */
const LIST_BATCH = 10;

const ROOM_AGE_UNTOLD = new Date(0).toISOString();

interface Others {
  access: RoomAccess;
  acts: RoomActs;
  waitingRoom: WaitingRoom;
}

export class RoomService {
  readonly #context: ServiceContext;
  readonly #access: RoomAccess;
  readonly #others: Others;

  constructor(context: ServiceContext, others: Others) {
    this.#context = context;
    this.#access = others.access;
    this.#others = others;
  }

  /** @throws AppError GUESTS_NOT_ALLOWED, FORBIDDEN, TOO_MANY_REQUESTS */
  async create(caller: Caller, wish: CreateRoom): Promise<RoomRecord> {
    const { kv, ids, limits, clock, log, config } = this.#context;
    const { user_id } = requireUser(caller.principal);
    limits.hit("room_creations", user_id);
    const room_id = await ids.next("room");
    const room = await createRoom(kv, () => ({
      ...wish,
      waiting_room_enabled: wish.waiting_room_enabled ?? config.waitingRoomDefault,
      room_id,
      room_code: drawCode(),
      created_at: new Date(clock()).toISOString(),
      created_by: user_id,
      is_active: true,
      ended_at: null,
    }));
    log.write({ event: "room_created", room_id, user_id });
    return room;
  }

  /**
   * Active rooms, newest first: those the caller made or joined and, unless `mine`, everybody's
   * that are not private. Of those the caller would have to wait for, what is known at the door.
   * @throws AppError GUESTS_NOT_ALLOWED, FORBIDDEN
   */
  async list(caller: Caller, query: RoomListQuery): Promise<RoomRecord[]> {
    const { user_id } = requireUser(caller.principal);
    const ids = listRoomIds(this.#context.kv, user_id, { withPublic: !query.mine });
    const rooms: RoomRecord[] = [];
    const wanted = query.offset + query.limit;
    for await (const room of this.#loadInBatches(ids)) {
      const matches = query.is_private === undefined || room.is_private === query.is_private;
      if (room.is_active && matches) rooms.push(room);
      if (rooms.length === wanted) break;
    }
    return await Promise.all(
      rooms.slice(query.offset).map(async (room) =>
        await this.#access.isOutside(room, caller.principal) ? doorOf(room) : room
      ),
    );
  }

  /** @throws AppError ROOM_NOT_FOUND, ROOM_INACTIVE, BANNED, WAITING, TOO_MANY_REQUESTS */
  view(code: string, caller: Caller): Promise<RoomRecord> {
    return this.#access.find(code, caller);
  }

  /**
   * As `view`, but whoever has to be let in first sees what can be known in front of the door.
   * @throws AppError ROOM_NOT_FOUND, ROOM_INACTIVE, BANNED, TOO_MANY_REQUESTS
   */
  async door(code: string, caller: Caller): Promise<RoomRecord> {
    const room = await this.#access.find(code, caller, { outside: true });
    return await this.#access.isOutside(room, caller.principal) ? doorOf(room) : room;
  }

  /** @throws AppError as `view`, and FORBIDDEN, GUESTS_NOT_ALLOWED */
  async update(code: string, caller: Caller, changes: UpdateRoom): Promise<RoomRecord> {
    const room = await this.#access.find(code, caller);
    const actor = await this.#access.require(room, caller.principal, "update_room");
    return await this.change(room.room_id, actor, changes);
  }

  /** By somebody who may. @throws AppError ROOM_NOT_FOUND, ROOM_INACTIVE */
  async change(room_id: number, by: Actor, changes: UpdateRoom): Promise<RoomRecord> {
    const { kv, bus, log } = this.#context;
    const { acts, waitingRoom } = this.#others;
    let wasLocked = false;
    const room = await updateRoom(kv, room_id, (current) => {
      if (!current.is_active) throw new AppError("ROOM_INACTIVE");
      wasLocked = current.is_locked;
      return { ...current, ...changes };
    });
    if (room === null) throw new AppError("ROOM_NOT_FOUND");
    log.write({ event: "room_updated", room_id, user_id: by.user_id });
    bus.publish({ type: "room_updated", room });
    if (room.is_locked !== wasLocked) {
      acts.tell(room_id, by, {
        action: room.is_locked ? "lock_room" : "unlock_room",
        target: null,
        locked: room.is_locked,
      });
    }
    await waitingRoom.release(room, by);
    return room;
  }

  /** Ends the room for everybody; from now on it answers 410. @throws AppError as `update` */
  async end(code: string, caller: Caller): Promise<RoomRecord> {
    const room = await this.#access.find(code, caller);
    await this.#access.require(room, caller.principal, "end_room");
    return await this.#close(room.room_id, caller.principal.user_id);
  }

  /** By an administrator, who needs no place in it. @throws AppError ROOM_INACTIVE */
  endByAdmin(roomId: number): Promise<RoomRecord> {
    return this.#close(roomId, null);
  }

  async #close(room_id: number, ended_by: number | null): Promise<RoomRecord> {
    const { kv, bus, log, clock, roomTurns } = this.#context;
    const endedAt = new Date(clock()).toISOString();
    const room = await roomTurns.take(room_id, () => closeRoom(kv, room_id, endedAt));
    if (room === null) throw new AppError("ROOM_INACTIVE");
    log.write({ event: "room_ended", room_id, user_id: ended_by });
    bus.publish({ type: "room_ended", room, ended_by });
    return room;
  }

  async *#loadInBatches(ids: AsyncIterable<number>): AsyncGenerator<RoomRecord> {
    let batch: number[] = [];
    for await (const id of ids) {
      batch.push(id);
      if (batch.length < LIST_BATCH) continue;
      yield* await loadRooms(this.#context.kv, batch);
      batch = [];
    }
    yield* await loadRooms(this.#context.kv, batch);
  }
}

/** Of a room, what somebody may know who has to be let in first. */
function doorOf(room: RoomRecord): RoomRecord {
  return { ...room, room_description: "", created_at: ROOM_AGE_UNTOLD, created_by: 0 };
}

/** People who signed in with the access password. @throws AppError */
export function requireUser(principal: Principal): SessionPrincipal {
  if (principal.kind === "user") return principal;
  throw new AppError(principal.kind === "guest" ? "GUESTS_NOT_ALLOWED" : "FORBIDDEN");
}

/** 40 random bits. At least one letter, so that a code is never taken for an integer id. */
export function drawCode(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(ROOM_CODE_CHARS));
  const code = Array.from(bytes, (byte) => ROOM_CODE_ALPHABET[byte % ROOM_CODE_ALPHABET.length])
    .join("");
  return /^\d+$/.test(code) ? drawCode() : code;
}
