/** Rooms in the store: the record, its code, and the indexes that lists are made of. */
import { z } from "zod";
import { WaitingRoomFor } from "../../shared/protocol/rooms.ts";
import { keys } from "./keys.ts";
import { load, loadEntry, loadMany, transact } from "./kv.ts";

export const RoomRecord = z.object({
  room_id: z.int().positive(),
  room_code: z.string(),
  room_name: z.string(),
  room_description: z.string(),
  is_private: z.boolean(),
  max_participants: z.int(),
  recording_enabled: z.boolean(),
  waiting_room_enabled: z.boolean(),
  waiting_room_for: WaitingRoomFor.default("guests"),
  is_locked: z.boolean().default(false),
  e2ee_required: z.boolean(),
  created_at: z.string(),
  created_by: z.int().positive(),
  is_active: z.boolean(),
  ended_at: z.string().nullable(),
});
export type RoomRecord = z.infer<typeof RoomRecord>;

export function loadRoom(kv: Deno.Kv, roomId: number): Promise<RoomRecord | null> {
  return load(kv, keys.room(roomId), RoomRecord);
}

export async function loadRoomByCode(kv: Deno.Kv, code: string): Promise<RoomRecord | null> {
  const roomId = await load(kv, keys.roomIdByCode(code), z.int());
  return roomId === null ? null : await loadRoom(kv, roomId);
}

export function loadRooms(kv: Deno.Kv, roomIds: readonly number[]): Promise<RoomRecord[]> {
  return loadMany(kv, roomIds.map(keys.room), RoomRecord);
}

/** @param draw makes the record with a fresh code; called again when the code is taken */
export function createRoom(kv: Deno.Kv, draw: () => RoomRecord): Promise<RoomRecord> {
  return transact(() => {
    const room = draw();
    const commit = kv.atomic()
      .check({ key: keys.roomIdByCode(room.room_code), versionstamp: null })
      .check({ key: keys.room(room.room_id), versionstamp: null })
      .set(keys.roomIdByCode(room.room_code), room.room_id)
      .set(keys.room(room.room_id), room)
      .set(keys.roomOfUser(room.created_by, room.room_id), true);
    return Promise.resolve({ commit: indexPublic(commit, room), result: room });
  });
}

/** @param change the domain's rule; may throw */
export function updateRoom(
  kv: Deno.Kv,
  roomId: number,
  change: (room: RoomRecord) => RoomRecord,
): Promise<RoomRecord | null> {
  return transact(async () => {
    const entry = await loadEntry(kv, keys.room(roomId), RoomRecord);
    if (entry.value === null) return { commit: null, result: null };
    const room = change(entry.value);
    const commit = kv.atomic().check(entry).set(entry.key, room);
    return { commit: indexPublic(commit, room), result: room };
  });
}

export function indexPublic(commit: Deno.AtomicOperation, room: RoomRecord): Deno.AtomicOperation {
  const key = keys.publicRoom(room.room_id);
  return room.is_active && !room.is_private ? commit.set(key, true) : commit.delete(key);
}

/** Ids of the user's rooms, and with `withPublic` of everybody's public ones; newest first, once. */
export async function* listRoomIds(
  kv: Deno.Kv,
  userId: number,
  options: { withPublic: boolean },
): AsyncGenerator<number> {
  const sources = [descending(kv, keys.roomsOfUser(userId))];
  if (options.withPublic) sources.push(descending(kv, keys.publicRooms()));
  const heads = await Promise.all(sources.map((source) => source.next()));
  while (true) {
    const newest = Math.max(...heads.map((head) => head.done ? 0 : head.value));
    if (newest === 0) return;
    yield newest;
    for (const [index, head] of heads.entries()) {
      if (!head.done && head.value === newest) heads[index] = await sources[index]!.next();
    }
  }
}

async function* descending(kv: Deno.Kv, prefix: Deno.KvKey): AsyncGenerator<number, undefined> {
  for await (const { key } of kv.list({ prefix }, { reverse: true })) {
    yield z.int().parse(key.at(-1));
  }
}
