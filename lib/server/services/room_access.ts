/** Who may know a room, and in which role: asked before anything is done with it. */
import { can, leads, type RoomAction } from "../../shared/domain/permissions.ts";
import { mustWait, type Newcomer } from "../../shared/domain/waiting_room.ts";
import type { Role } from "../../shared/protocol/participants.ts";
import { RoomCode } from "../../shared/protocol/rooms.ts";
import { AppError } from "../app_error.ts";
import type { Caller, Principal } from "../auth/principal.ts";
import { tooManyRequests } from "../auth/rate_limiter.ts";
import { findBans } from "../store/bans.ts";
import {
  loadParticipant,
  loadParticipantOfUser,
  type ParticipantRecord,
} from "../store/participants.ts";
import { loadRoom, loadRoomByCode, type RoomRecord } from "../store/rooms.ts";
import type { ServiceContext } from "./services.ts";

export interface FindOptions {
  /** Answer an ended room instead of refusing it. */
  ended?: boolean;
  /** Answer also those who have to be let in first. */
  outside?: boolean;
  /** Answer also those who are banned: they may go. */
  banned?: boolean;
}

export interface Somebody {
  user_id: number;
  user_name: string;
}

/** Who does something in a room. */
export interface Actor extends Somebody {
  role: Role;
  /** Null: was never in the room. */
  participant_id: number | null;
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
   * @throws AppError ROOM_NOT_FOUND, ROOM_INACTIVE, BANNED, WAITING, TOO_MANY_REQUESTS
   */
  async find(code: string, caller: Caller, options: FindOptions = {}): Promise<RoomRecord> {
    const { principal } = caller;
    const wait = this.#limits.waitSeconds("unknown_room_codes", caller.address);
    const room = await this.#byCode(code);
    if (room === null || !isOpenTo(principal, room)) {
      this.#limits.hit("unknown_room_codes", caller.address);
      throw new AppError("ROOM_NOT_FOUND");
    }
    const row = await loadParticipantOfUser(this.#kv, room.room_id, principal.user_id);
    // Someone who guesses must not learn of a hit either; people of the room go on undisturbed.
    if (wait > 0 && roleIn(room, principal, row) === null) throw tooManyRequests(wait);
    if (!room.is_active && !options.ended) throw new AppError("ROOM_INACTIVE");
    if (!options.banned) await this.assertNotBanned(room, caller);
    if (!options.outside && mustWait(room, newcomer(room, principal, row))) {
      throw new AppError("WAITING");
    }
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
    const row = await loadParticipantOfUser(this.#kv, room.room_id, principal.user_id);
    return roleIn(room, principal, row);
  }

  /** Whether somebody has to be let in before anything of the room may be known. */
  async isOutside(room: RoomRecord, principal: Principal): Promise<boolean> {
    const row = await loadParticipantOfUser(this.#kv, room.room_id, principal.user_id);
    return mustWait(room, newcomer(room, principal, row));
  }

  /** @throws AppError GUESTS_NOT_ALLOWED, FORBIDDEN */
  async require(room: RoomRecord, principal: Principal, action: RoomAction): Promise<Actor> {
    const row = await loadParticipantOfUser(this.#kv, room.room_id, principal.user_id);
    const role = roleIn(room, principal, row);
    if (role === null || !can(role, action)) {
      throw new AppError(principal.kind === "guest" ? "GUESTS_NOT_ALLOWED" : "FORBIDDEN");
    }
    return { ...named(principal, row), role, participant_id: row?.participant_id ?? null };
  }

  /**
   * Somebody who gives an order by the socket of their stay, as the database knows them now.
   * @throws AppError ROOM_NOT_FOUND, ROOM_INACTIVE, FORBIDDEN
   */
  async staying(
    { room_id, participant_id }: Pick<ParticipantRecord, "room_id" | "participant_id">,
  ): Promise<{ room: RoomRecord; actor: ParticipantRecord }> {
    const [room, actor] = await Promise.all([
      loadRoom(this.#kv, room_id),
      loadParticipant(this.#kv, room_id, participant_id),
    ]);
    if (room === null) throw new AppError("ROOM_NOT_FOUND");
    if (!room.is_active) throw new AppError("ROOM_INACTIVE");
    if (actor === null || actor.left_at !== null) throw new AppError("FORBIDDEN");
    return { room, actor };
  }

  /** By the name they have in the room, or had. */
  async whoIs(room: RoomRecord, principal: Principal): Promise<Somebody> {
    return named(
      principal,
      await loadParticipantOfUser(this.#kv, room.room_id, principal.user_id),
    );
  }

  /**
   * A ban holds on the account, and on the browser whoever uses it; those who lead could lift it
   * anyway, so a shared browser does not shut them out.
   * @throws AppError BANNED
   */
  async assertNotBanned(
    room: RoomRecord,
    { principal, browser_id }: { principal: Principal | null; browser_id?: string | null },
  ): Promise<void> {
    const { byUser, byBrowser } = await findBans(this.#kv, room.room_id, {
      // Nobody's id: only the browser is asked about.
      user_id: principal?.user_id ?? 0,
      browser_id: browser_id ?? null,
    });
    if (byUser !== null) throw new AppError("BANNED");
    if (byBrowser === null) return;
    if (principal === null || !leads(await this.roleOf(room, principal))) {
      throw new AppError("BANNED");
    }
  }

  async #byCode(code: string): Promise<RoomRecord | null> {
    const parsed = RoomCode.safeParse(code);
    return parsed.success ? await loadRoomByCode(this.#kv, parsed.data) : null;
  }
}

/** What the door looks at. */
export function newcomer(
  room: RoomRecord,
  principal: Principal,
  row: ParticipantRecord | null,
): Newcomer {
  return {
    role: roleIn(room, principal, row),
    is_guest: row?.is_guest ?? principal.kind === "guest",
    is_admitted: row?.is_admitted ?? false,
    holdsPlace: row?.left_at === null,
    isWaiting: typeof row?.waiting_since === "string",
  };
}

/** Whoever made the room is its host, except while they are in it and gave that away. */
function roleIn(
  room: RoomRecord,
  principal: Principal,
  row: ParticipantRecord | null,
): Role | null {
  if (!isOpenTo(principal, room)) return null;
  if (room.created_by === principal.user_id && row?.left_at !== null) return "host";
  return row?.role ?? (principal.kind === "guest" ? "guest" : null);
}

function named(principal: Principal, row: ParticipantRecord | null): Somebody {
  const accountName = principal.kind === "participant" ? "" : principal.user_name;
  return { user_id: principal.user_id, user_name: row?.user_name ?? accountName };
}

/** Guests and participant tokens open their own room only. */
export function isOpenTo(principal: Principal, room: RoomRecord): boolean {
  return principal.kind === "user" || principal.room_id === room.room_id;
}
