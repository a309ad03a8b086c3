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
import type { RoomAccess } from "./room_access.ts";
import type { ServiceContext } from "./services.ts";

/** Records read at once while a list is put together. */
const LIST_BATCH = 10;

export class RoomService {
  readonly #context: ServiceContext;
  readonly #access: RoomAccess;

  constructor(context: ServiceContext, access: RoomAccess) {
    this.#context = context;
    this.#access = access;
  }

  /** @throws AppError GUESTS_NOT_ALLOWED, FORBIDDEN, TOO_MANY_REQUESTS */
  async create(caller: Caller, wish: CreateRoom): Promise<RoomRecord> {
    const { kv, ids, limits, clock, log } = this.#context;
    const { user_id } = requireUser(caller.principal);
    limits.hit("room_creations", user_id);
    const room_id = await ids.next("room");
    const room = await createRoom(kv, () => ({
      ...wish,
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
   * that are not private.
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
    return rooms.slice(query.offset);
  }

  /** @throws AppError ROOM_NOT_FOUND, ROOM_INACTIVE, TOO_MANY_REQUESTS */
  view(code: string, caller: Caller): Promise<RoomRecord> {
    return this.#access.find(code, caller);
  }

  /** @throws AppError as `view`, and FORBIDDEN, GUESTS_NOT_ALLOWED */
  async update(code: string, caller: Caller, changes: UpdateRoom): Promise<RoomRecord> {
    const { kv, bus, log } = this.#context;
    const { room_id } = await this.#findFor("update_room", code, caller);
    const room = await updateRoom(kv, room_id, (current) => {
      if (!current.is_active) throw new AppError("ROOM_INACTIVE");
      return { ...current, ...changes };
    });
    if (room === null) throw new AppError("ROOM_NOT_FOUND");
    log.write({ event: "room_updated", room_id, user_id: caller.principal.user_id });
    bus.publish({ type: "room_updated", room });
    return room;
  }

  /** Ends the room for everybody; from now on it answers 410. @throws AppError as `update` */
  async end(code: string, caller: Caller): Promise<RoomRecord> {
    const { kv, bus, log, clock, roomTurns } = this.#context;
    const { room_id } = await this.#findFor("end_room", code, caller);
    const endedAt = new Date(clock()).toISOString();
    const room = await roomTurns.take(room_id, () => closeRoom(kv, room_id, endedAt));
    if (room === null) throw new AppError("ROOM_INACTIVE");
    const ended_by = caller.principal.user_id;
    log.write({ event: "room_ended", room_id, user_id: ended_by });
    bus.publish({ type: "room_ended", room, ended_by });
    return room;
  }

  async #findFor(
    action: "update_room" | "end_room",
    code: string,
    caller: Caller,
  ): Promise<RoomRecord> {
    const room = await this.#access.find(code, caller);
    await this.#access.require(room, caller.principal, action);
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
