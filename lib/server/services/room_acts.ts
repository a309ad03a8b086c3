/** The pieces that moderation is made of: find somebody, change facts, send away, tell everyone. */
import { can, type RoomAction } from "../../shared/domain/permissions.ts";
import type { LeaveReason } from "../../shared/protocol/messages.ts";
import type { ModerationEvent, ModerationParty } from "../../shared/protocol/moderation.ts";
import type { Role } from "../../shared/protocol/participants.ts";
import { AppError } from "../app_error.ts";
import type { ModeratedFacts } from "../bus.ts";
import {
  expel,
  type Expelled,
  loadParticipant,
  type ParticipantRecord,
  updateParticipant,
} from "../store/participants.ts";
import type { RoomRecord } from "../store/rooms.ts";
import type { Actor } from "./room_access.ts";
import type { ServiceContext } from "./services.ts";

/** What was done; `by` and the ids are added from the actor and the target. */
export type Deed = Omit<ModerationEvent, "by" | "target"> & { target: ModerationParty | null };

export class RoomActs {
  readonly #context: ServiceContext;

  constructor(context: ServiceContext) {
    this.#context = context;
  }

  /** Somebody in the room. @throws AppError PARTICIPANT_NOT_FOUND, FORBIDDEN */
  async present(
    { room_id }: RoomRecord,
    { role }: Actor,
    { action, target }: { action: RoomAction; target: number },
  ): Promise<ParticipantRecord> {
    const row = await loadParticipant(this.#context.kv, room_id, target);
    if (row === null || row.left_at !== null) throw new AppError("PARTICIPANT_NOT_FOUND");
    if (!can(role, action, row.role)) throw new AppError("FORBIDDEN");
    return row;
  }

  /** In storage and, for those who are connected, in the live room. */
  async apply(
    { room_id, participant_id }: ParticipantRecord,
    facts: Partial<ModeratedFacts>,
  ): Promise<ParticipantRecord> {
    const { kv, bus } = this.#context;
    const change = (row: ParticipantRecord) => row.left_at === null ? { ...row, ...facts } : row;
    const changed = await updateParticipant(kv, room_id, participant_id, change);
    if (changed === null) throw new AppError("PARTICIPANT_NOT_FOUND");
    bus.publish({ type: "participant_moderated", room_id, participant_id, facts });
    return changed;
  }

  /**
   * Takes the place, or the turn in front of the door; the live room learns it from `dismiss`.
   * Whoever is sent away has to be let in anew, and leads no more.
   * @throws AppError PARTICIPANT_NOT_FOUND
   */
  async expel(room: RoomRecord, participantId: number): Promise<Expelled> {
    const { kv, clock, roomTurns } = this.#context;
    const { room_id: roomId } = room;
    const leftAt = new Date(clock()).toISOString();
    const change = (row: ParticipantRecord) => {
      return { ...row, is_admitted: false, role: firstRole(row, room) };
    };
    const expelled = await roomTurns.take(
      roomId,
      () => expel(kv, { roomId, participantId, leftAt, change }),
    );
    if (expelled === null) throw new AppError("PARTICIPANT_NOT_FOUND");
    return expelled;
  }

  dismiss({ row, from }: Expelled, reason: LeaveReason): void {
    if (from === "outside") return;
    const { bus, log } = this.#context;
    const { room_id, participant_id } = row;
    log.write({ event: "participant_left", room_id, participant_id, reason });
    const type = from === "room" ? "participant_gone" : "waiting_ended";
    bus.publish({ type, room_id, participant_id, reason });
  }

  /** @param by null: an administrator */
  tell(room_id: number, by: Actor | null, { target, ...deed }: Deed): void {
    const { bus, log } = this.#context;
    const event = { ...deed, by: by && party(by), target: target && party(target) };
    bus.publish({ type: "moderation", room_id, event });
    log.write({
      event: "moderated",
      action: deed.action,
      room_id,
      user_id: by?.user_id ?? null,
      participant_id: target?.participant_id ?? null,
    });
  }
}

/** The role somebody has before anybody gave them another. */
export function firstRole(
  { is_guest, user_id }: { is_guest: boolean; user_id: number },
  room: RoomRecord,
): Role {
  if (is_guest) return "guest";
  return room.created_by === user_id ? "host" : "participant";
}

function party({ participant_id, user_name }: ModerationParty): ModerationParty {
  return { participant_id, user_name };
}
