/** Rooms as administrators see them: all of them, and who is in them now. */
import type {
  AdminQualityQuery,
  AdminRoom,
  AdminRoomDetails,
  AdminRoomsQuery,
  Page,
  ParticipantQuality,
} from "../../shared/protocol/admin.ts";
import { AppError } from "../app_error.ts";
import type { AdminCaller } from "../auth/principal.ts";
import type { LinkSnapshot, QualitySnapshot, RoomCensus } from "../hub_port.ts";
import { listRooms } from "../store/admin_lists.ts";
import { mapPage, pageOf } from "../store/pages.ts";
import { loadPresent } from "../store/participants.ts";
import { loadRoom, type RoomRecord } from "../store/rooms.ts";
import { loadUser } from "../store/users.ts";
import type { RoomService } from "./rooms.ts";
import type { ServiceContext } from "./services.ts";
import { participantToWire, roomToWire } from "./wire.ts";

export class AdminRoomService {
  readonly #context: ServiceContext;
  readonly #rooms: RoomService;

  constructor(context: ServiceContext, rooms: RoomService) {
    this.#context = context;
    this.#rooms = rooms;
  }

  /** @param origin of links, as in `https://call.example.com` */
  async list(query: AdminRoomsQuery, origin: string): Promise<Page<AdminRoom>> {
    const census = this.#census();
    const matches = (room: RoomRecord) => {
      const occupied = (census.get(room.room_id)?.participants ?? 0) > 0;
      return (query.active === undefined || room.is_active === query.active) &&
        (query.occupied === undefined || occupied === query.occupied) && isLike(room, query.q);
    };
    const page = await pageOf(listRooms(this.#context.kv), matches, query);
    return await mapPage(page, (room) => this.#toWire(room, census, origin));
  }

  /** @throws AppError ROOM_NOT_FOUND */
  async details(roomId: number, origin: string): Promise<AdminRoomDetails> {
    const room = await this.#find(roomId);
    const present = await loadPresent(this.#context.kv, roomId);
    return {
      ...await this.#toWire(room, this.#census(), origin),
      present: present.map(participantToWire),
    };
  }

  /** @throws AppError ROOM_NOT_FOUND, ROOM_INACTIVE */
  async end(roomId: number, caller: AdminCaller): Promise<void> {
    const { room_name } = await this.#find(roomId);
    await this.#rooms.endByAdmin(roomId);
    await this.#context.audit.recordBy(caller, {
      action: "room_ended",
      target: { kind: "room", id: String(roomId), name: room_name },
    });
  }

  /** The last reports of everyone who sends them; worst connection first. */
  async quality({ room_id, limit, offset }: AdminQualityQuery): Promise<Page<ParticipantQuality>> {
    const snapshots = this.#context.hub().quality()
      .filter((snapshot) => room_id === undefined || snapshot.room_id === room_id)
      .sort((one, other) => badnessOf(other) - badnessOf(one));
    const items = snapshots.slice(offset, offset + limit);
    const rooms = new Map<number, Promise<{ room_name: string; names: Map<number, string> }>>();
    for (const { room_id } of items) rooms.set(room_id, rooms.get(room_id) ?? this.#names(room_id));
    return await mapPage(
      { items, total: snapshots.length, limit, offset },
      async (snapshot) => qualityToWire(snapshot, await rooms.get(snapshot.room_id)!),
    );
  }

  async #names(roomId: number) {
    const { kv } = this.#context;
    const [room, present] = await Promise.all([loadRoom(kv, roomId), loadPresent(kv, roomId)]);
    const names = new Map(present.map(({ participant_id, user_name }) => [
      participant_id,
      user_name,
    ]));
    return { room_name: room?.room_name ?? "", names };
  }

  async #find(roomId: number): Promise<RoomRecord> {
    const room = await loadRoom(this.#context.kv, roomId);
    if (room === null) throw new AppError("ROOM_NOT_FOUND");
    return room;
  }

  #census(): Map<number, RoomCensus> {
    const { rooms } = this.#context.hub().census();
    return new Map(rooms.map((room) => [room.room_id, room]));
  }

  async #toWire(
    room: RoomRecord,
    census: ReadonlyMap<number, RoomCensus>,
    origin: string,
  ): Promise<AdminRoom> {
    const creator = await loadUser(this.#context.kv, room.created_by);
    const { participants = 0, online = 0 } = census.get(room.room_id) ?? {};
    return {
      ...roomToWire(room, origin),
      ended_at: room.ended_at,
      created_by_name: creator?.user_name ?? "",
      participants,
      online,
    };
  }
}

function isLike(room: RoomRecord, q = ""): boolean {
  if (q === String(room.room_id)) return true;
  const text = `${room.room_name}\n${room.room_description}\n${room.room_code}`;
  return text.toLowerCase().includes(q.toLowerCase());
}

/** Loss hurts most, then delay; what is unknown is not bad. */
function badnessOf({ links }: QualitySnapshot): number {
  return Math.max(0, ...links.map(linkBadness));
}

function linkBadness({ rtt_ms, jitter_ms, loss }: LinkSnapshot): number {
  return (loss ?? 0) * 10_000 + (rtt_ms ?? 0) + (jitter_ms ?? 0) * 4;
}

function qualityToWire(
  { room_id, participant_id, at, links }: QualitySnapshot,
  { room_name, names }: { room_name: string; names: ReadonlyMap<number, string> },
): ParticipantQuality {
  const nameOf = (id: number) => names.get(id) ?? "";
  return {
    room_id,
    room_name,
    participant_id,
    user_name: nameOf(participant_id),
    reported_at: new Date(at).toISOString(),
    links: [...links].sort((one, other) => linkBadness(other) - linkBadness(one))
      .map((link) => ({ ...link, user_name: nameOf(link.participant_id) })),
  };
}
