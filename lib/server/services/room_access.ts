/** Who may know a room, and in which role: asked before anything is done with it. */
import { can, type RoomAction } from "../../shared/domain/permissions.ts";
import type { Role } from "../../shared/protocol/participants.ts";
import { RoomCode } from "../../shared/protocol/rooms.ts";
import { AppError } from "../app_error.ts";
import type { Caller, Principal } from "../auth/principal.ts";
import { tooManyRequests } from "../auth/rate_limiter.ts";
import { loadParticipantOfUser } from "../store/participants.ts";
import { loadRoom, loadRoomByCode, type RoomRecord } from "../store/rooms.ts";
import type { ServiceContext } from "./services.ts";

export interface FindOptions {
  /** Answer an ended room instead of refusing it. */
  ended?: boolean;
}

export class RoomAccess {
  readonly #kv: Deno.Kv;
  readonly #limits: ServiceContext["limits"];

  constructor({ kv, limits }: ServiceContext) {
    this.#kv = kv;
    this.#limits = limits;
  }

  /**
   * The room with this code, for somebody who may know it: the code is the key for people who
   * signed in; guests and participant tokens open their own room only. For everybody else it does
   * not exist, and asking for what does not exist is counted as guessing.
   * @throws AppError ROOM_NOT_FOUND, ROOM_INACTIVE, TOO_MANY_REQUESTS
   */
  async find(code: string, caller: Caller, options: FindOptions = {}): Promise<RoomRecord> {
    const wait = this.#limits.waitSeconds("unknown_room_codes", caller.address);
    const room = await this.#byCode(code);
    if (room === null || !isOpenTo(caller.principal, room)) {
      this.#limits.hit("unknown_room_codes", caller.address);
      throw new AppError("ROOM_NOT_FOUND");
    }
    // Someone who guesses must not learn of a hit either; people of the room go on undisturbed.
    if (wait > 0 && await this.roleOf(room, caller.principal) === null) throw tooManyRequests(wait);
    if (!room.is_active && !options.ended) throw new AppError("ROOM_INACTIVE");
    return room;
  }

  /**
   * By code or by integer id. An id is no key: only those who lead the room find it by that.
   * @throws AppError as `find`
   */
  async findByReference(reference: string, caller: Caller): Promise<RoomRecord> {
    if (!/^\d{1,15}$/.test(reference)) return await this.find(reference, caller);
    const room = await loadRoom(this.#kv, Number(reference));
    const role = room && await this.roleOf(room, caller.principal);
    if (room === null || !can(role, "invite_guests")) throw new AppError("ROOM_NOT_FOUND");
    if (!room.is_active) throw new AppError("ROOM_INACTIVE");
    return room;
  }

  /** Null: has nothing to do with the room yet. */
  async roleOf(room: RoomRecord, principal: Principal): Promise<Role | null> {
    if (!isOpenTo(principal, room)) return null;
    if (room.created_by === principal.user_id) return "host";
    const row = await loadParticipantOfUser(this.#kv, room.room_id, principal.user_id);
    return row?.role ?? (principal.kind === "guest" ? "guest" : null);
  }

  /** @throws AppError GUESTS_NOT_ALLOWED, FORBIDDEN */
  async require(room: RoomRecord, principal: Principal, action: RoomAction): Promise<void> {
    if (can(await this.roleOf(room, principal), action)) return;
    throw new AppError(principal.kind === "guest" ? "GUESTS_NOT_ALLOWED" : "FORBIDDEN");
  }

  async #byCode(code: string): Promise<RoomRecord | null> {
    const parsed = RoomCode.safeParse(code);
    return parsed.success ? await loadRoomByCode(this.#kv, parsed.data) : null;
  }
}

function isOpenTo(principal: Principal, room: RoomRecord): boolean {
  return principal.kind === "user" || principal.room_id === room.room_id;
}
