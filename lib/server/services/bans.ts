/** Bans of one room: on the account and on the browser. */
import { can, leads } from "../../shared/domain/permissions.ts";
import { AppError } from "../app_error.ts";
import type { Caller } from "../auth/principal.ts";
import { type BanRecord, deleteBan, findBans, listBans, saveBan } from "../store/bans.ts";
import {
  loadParticipant,
  loadPresent,
  loadWaiting,
  type ParticipantRecord,
} from "../store/participants.ts";
import type { RoomRecord } from "../store/rooms.ts";
import type { Actor, RoomAccess } from "./room_access.ts";
import type { RoomActs } from "./room_acts.ts";
import type { ServiceContext } from "./services.ts";

export class BanService {
  readonly #context: ServiceContext;
  readonly #access: RoomAccess;
  readonly #acts: RoomActs;

  constructor(context: ServiceContext, others: { access: RoomAccess; acts: RoomActs }) {
    this.#context = context;
    this.#access = others.access;
    this.#acts = others.acts;
  }

  /** Newest first. @throws AppError as `RoomService.view`, FORBIDDEN, GUESTS_NOT_ALLOWED */
  async list(code: string, caller: Caller): Promise<BanRecord[]> {
    const room = await this.#access.find(code, caller);
    await this.#access.require(room, caller.principal, "see_bans");
    return await Array.fromAsync(listBans(this.#context.kv, room.room_id));
  }

  /** @throws AppError as `list`, and NOT_FOUND */
  async lift(code: string, caller: Caller, banId: number): Promise<void> {
    const room = await this.#access.find(code, caller);
    const actor = await this.#access.require(room, caller.principal, "ban");
    await this.#lift(room.room_id, banId, actor);
  }

  /** By an administrator, who needs no place in the room. @throws AppError NOT_FOUND */
  liftByAdmin(roomId: number, banId: number): Promise<BanRecord> {
    return this.#lift(roomId, banId, null);
  }

  /**
   * Somebody in the room or in front of its door, or who has left already. The browser goes with
   * the account, and with it whoever else came by it.
   * @throws AppError PARTICIPANT_NOT_FOUND, FORBIDDEN, CONFLICT with a `reason`
   */
  async ban(
    room: RoomRecord,
    actor: Actor,
    { target, reason }: { target: number; reason: string },
  ): Promise<ParticipantRecord> {
    const { kv, ids, clock } = this.#context;
    const { room_id } = room;
    const row = await loadParticipant(kv, room_id, target);
    if (row === null) throw new AppError("PARTICIPANT_NOT_FOUND");
    if (!can(actor.role, "ban", row.role)) throw new AppError("FORBIDDEN");
    if (row.user_id === actor.user_id) throw new AppError("CONFLICT", { reason: "yourself" });
    if (row.user_id === room.created_by) throw new AppError("CONFLICT", { reason: "creator" });
    if ((await findBans(kv, room_id, row)).byUser !== null) return row;
    const { user_id, user_name, browser_id } = row;
    await saveBan(kv, {
      ban_id: await ids.next("ban"),
      room_id,
      user_id,
      user_name,
      browser_id,
      reason,
      banned_by: actor.user_id,
      banned_by_name: actor.user_name,
      banned_at: new Date(clock()).toISOString(),
    });
    const all = [row, ...await this.#sameBrowser(row)];
    const expelled = [];
    for (const each of all) expelled.push(await this.#acts.expel(room, each.participant_id));
    this.#acts.tell(room_id, actor, { action: "ban", target: row });
    for (const each of expelled) this.#acts.dismiss(each, "banned");
    return expelled[0]?.row ?? row;
  }

  /** Others who came with the browser, under another name. */
  async #sameBrowser(
    { room_id, participant_id, browser_id }: ParticipantRecord,
  ): Promise<ParticipantRecord[]> {
    if (browser_id === null) return [];
    const { kv } = this.#context;
    const here = [...await loadPresent(kv, room_id), ...await loadWaiting(kv, room_id)];
    return here.filter((row) =>
      row.browser_id === browser_id && row.participant_id !== participant_id && !leads(row.role)
    );
  }

  async #lift(room_id: number, banId: number, actor: Actor | null): Promise<BanRecord> {
    const ban = await deleteBan(this.#context.kv, room_id, banId);
    if (ban === null) throw new AppError("NOT_FOUND");
    const target = { participant_id: null, user_name: ban.user_name };
    this.#acts.tell(room_id, actor, { action: "unban", target });
    return ban;
  }
}
