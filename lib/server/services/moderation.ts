/**
 * What those who lead do to others and to the room: one way for REST and for the socket. The rule
 * is `can` (lib/shared/domain/permissions.ts); here is what it cannot know: who is where.
 */
import { mayBecome, muteFacts } from "../../shared/domain/moderation.ts";
import { can, type RoomAction } from "../../shared/domain/permissions.ts";
import type { Mute } from "../../shared/protocol/moderation.ts";
import type { Role } from "../../shared/protocol/participants.ts";
import { AppError } from "../app_error.ts";
import type { Caller } from "../auth/principal.ts";
import { listParticipants, loadPresent, type ParticipantRecord } from "../store/participants.ts";
import type { RoomRecord } from "../store/rooms.ts";
import { Turns } from "../store/turns.ts";
import type { BanService } from "./bans.ts";
import type { Actor, RoomAccess } from "./room_access.ts";
import type { RoomActs } from "./room_acts.ts";
import type { RoomService } from "./rooms.ts";
import type { ServiceContext } from "./services.ts";
import type { WaitingRoom } from "./waiting_room.ts";

/** `target` is a participant_id; null: all of them. */
export type ModerationCommand =
  | { action: "mute"; target: number | null; mute: Mute }
  | { action: "remove"; target: number }
  | { action: "ban"; target: number; reason: string }
  | { action: "admit"; target: number | null }
  | { action: "deny"; target: number | null }
  | { action: "set_role"; target: number; role: Role }
  | { action: "lock_room"; locked: boolean };

type Command<Action extends ModerationCommand["action"]> = Extract<
  ModerationCommand,
  { action: Action }
>;

/** What each command asks of the rule. */
const RULE = {
  mute: "mute",
  remove: "remove",
  ban: "ban",
  admit: "admit",
  deny: "admit",
  set_role: "set_role",
  lock_room: "lock_room",
} as const satisfies Record<ModerationCommand["action"], RoomAction>;

interface Others {
  access: RoomAccess;
  acts: RoomActs;
  bans: BanService;
  rooms: RoomService;
  waitingRoom: WaitingRoom;
}

export class ModerationService {
  readonly #context: ServiceContext;
  readonly #others: Others;
  /** Orders to one room are carried out one after the other. */
  readonly #turns = new Turns<number>();

  constructor(context: ServiceContext, others: Others) {
    this.#context = context;
    this.#others = others;
  }

  /**
   * By REST.
   * @returns those it was done to, as they are now
   * @throws AppError as `RoomService.view`, FORBIDDEN, GUESTS_NOT_ALLOWED, PARTICIPANT_NOT_FOUND,
   *   CONFLICT with a `reason`, ROOM_FULL
   */
  async perform(
    code: string,
    caller: Caller,
    command: ModerationCommand,
  ): Promise<ParticipantRecord[]> {
    const { access } = this.#others;
    const room = await access.find(code, caller);
    return await this.#turns.take(room.room_id, async () => {
      const actor = await access.require(room, caller.principal, RULE[command.action]);
      return await this.#run(room, actor, command);
    });
  }

  /** By the socket of somebody in the room. @throws AppError as `perform` */
  performAs(
    stay: Pick<ParticipantRecord, "room_id" | "participant_id">,
    command: ModerationCommand,
  ): Promise<ParticipantRecord[]> {
    return this.#turns.take(stay.room_id, async () => {
      const { room, actor } = await this.#others.access.staying(stay);
      return await this.#run(room, actor, command);
    });
  }

  async #run(
    room: RoomRecord,
    actor: Actor,
    command: ModerationCommand,
  ): Promise<ParticipantRecord[]> {
    if (!can(actor.role, RULE[command.action])) throw new AppError("FORBIDDEN");
    const { bans, rooms, waitingRoom } = this.#others;
    switch (command.action) {
      case "mute":
        return await this.#mute(room, actor, command);
      case "remove":
        return await this.#remove(room, actor, command.target);
      case "ban":
        return [await bans.ban(room, actor, command)];
      case "admit":
        return await waitingRoom.admit(room, actor, command.target);
      case "deny":
        return await waitingRoom.deny(room, actor, command.target);
      case "set_role":
        return await this.#setRole(room, actor, command);
      case "lock_room":
        await rooms.change(room.room_id, actor, { is_locked: command.locked });
        return [];
    }
  }

  async #mute(
    room: RoomRecord,
    actor: Actor,
    { target, mute }: Command<"mute">,
  ): Promise<ParticipantRecord[]> {
    const { acts } = this.#others;
    const rows = target === null
      ? (await loadPresent(this.#context.kv, room.room_id)).filter((row) =>
        row.user_id !== actor.user_id && can(actor.role, "mute", row.role)
      )
      : [await acts.present(room, actor, { action: "mute", target })];
    const changed: ParticipantRecord[] = [];
    for (const row of rows) changed.push(await acts.apply(row, muteFacts(mute)));
    const { media, muted } = mute;
    acts.tell(room.room_id, actor, {
      action: muted ? "mute" : "unlock",
      target: target === null ? null : changed[0] ?? null,
      media,
      locked: muted && mute.locked,
    });
    return changed;
  }

  async #remove(room: RoomRecord, actor: Actor, target: number): Promise<ParticipantRecord[]> {
    const { acts } = this.#others;
    const row = await acts.present(room, actor, { action: "remove", target });
    if (row.user_id === actor.user_id) throw new AppError("CONFLICT", { reason: "yourself" });
    const expelled = await acts.expel(room, target);
    acts.tell(room.room_id, actor, { action: "remove", target: row });
    acts.dismiss(expelled, "removed");
    return [expelled.row];
  }

  async #setRole(
    room: RoomRecord,
    actor: Actor,
    { target, role }: Command<"set_role">,
  ): Promise<ParticipantRecord[]> {
    const { acts } = this.#others;
    const row = await acts.present(room, actor, { action: "set_role", target });
    if (row.role === role) return [row];
    if (!mayBecome(row, role)) {
      throw new AppError("CONFLICT", { reason: row.is_guest ? "guest" : "not_guest" });
    }
    if (row.user_id === actor.user_id && !await this.#hasOtherHost(room, row)) {
      throw new AppError("CONFLICT", { reason: "last_host" });
    }
    const changed = await acts.apply(row, { role });
    acts.tell(room.room_id, actor, { action: "set_role", target: changed, role });
    return [changed];
  }

  /** Whoever made the room is its host again as soon as they are back. */
  async #hasOtherHost(
    { room_id, created_by }: RoomRecord,
    own: ParticipantRecord,
  ): Promise<boolean> {
    if (own.user_id !== created_by) return true;
    for await (const row of listParticipants(this.#context.kv, room_id)) {
      if (row.role === "host" && row.participant_id !== own.participant_id) return true;
    }
    return false;
  }
}
