/** Participants in the store: one row per user and room, and who of them holds a place. */
import { z } from "zod";
import { Capability, Role } from "../../shared/protocol/participants.ts";
import { keys } from "./keys.ts";
import { type Entry, load, loadEntry, loadMany, transact, update } from "./kv.ts";
import { indexPublic, RoomRecord } from "./rooms.ts";

export const ParticipantRecord = z.object({
  participant_id: z.int().positive(),
  room_id: z.int().positive(),
  user_id: z.int().positive(),
  user_name: z.string(),
  user_avatar: z.string().nullable(),
  joined_at: z.string(),
  /** Null while present; the offline grace counts as present. */
  left_at: z.string().nullable(),
  /** Counts the joins: news of the end of an earlier stay must not end the present one. */
  stay: z.int().positive(),
  role: Role,
  is_online: z.boolean(),
  is_muted: z.boolean(),
  is_video_enabled: z.boolean(),
  is_screen_sharing: z.boolean(),
  is_hand_raised: z.boolean(),
  capabilities: z.array(Capability),
});
export type ParticipantRecord = z.infer<typeof ParticipantRecord>;

/** participant_ids */
export const Places = z.array(z.int().positive());

export function loadParticipant(
  kv: Deno.Kv,
  roomId: number,
  participantId: number,
): Promise<ParticipantRecord | null> {
  return load(kv, keys.participant(roomId, participantId), ParticipantRecord);
}

/** Also of somebody who left: look at `left_at`. */
export async function loadParticipantOfUser(
  kv: Deno.Kv,
  roomId: number,
  userId: number,
): Promise<ParticipantRecord | null> {
  const participantId = await load(kv, keys.participantIdByUser(roomId, userId), z.int());
  return participantId === null ? null : await loadParticipant(kv, roomId, participantId);
}

/** Everyone who holds a place, in order of first joining. */
export async function loadPresent(kv: Deno.Kv, roomId: number): Promise<ParticipantRecord[]> {
  const places = await load(kv, keys.places(roomId), Places) ?? [];
  return loadMany(kv, rowKeys(roomId, places), ParticipantRecord);
}

/** Rooms in which somebody holds a place. */
export async function* listOccupiedRoomIds(kv: Deno.Kv): AsyncGenerator<number> {
  for await (const { key } of kv.list({ prefix: keys.allPlaces() })) {
    yield z.int().parse(key.at(-1));
  }
}

/** What the rule of `takePlace` sees. */
export interface PlaceRequest {
  room: RoomRecord;
  /** The user's earlier row, if any; `left_at` says whether its place is still held. */
  earlier: ParticipantRecord | null;
  /** Places held by others. */
  others: number;
}

export interface TakePlace {
  roomId: number;
  userId: number;
  /** The domain's rule: makes the row, or throws. */
  decide: (request: PlaceRequest) => Promise<ParticipantRecord>;
}

export interface PlaceTaken {
  room: RoomRecord;
  participant: ParticipantRecord;
  /** The user was in this room before. */
  returned: boolean;
}

/**
 * Gives the user a place, or the one already held; whoever comes last of too many is refused.
 * @returns null when there is no such room
 */
export function takePlace(
  kv: Deno.Kv,
  { roomId, userId, decide }: TakePlace,
): Promise<PlaceTaken | null> {
  return transact(async () => {
    const [room, places, pointer] = await Promise.all([
      loadEntry(kv, keys.room(roomId), RoomRecord),
      loadEntry(kv, keys.places(roomId), Places),
      loadEntry(kv, keys.participantIdByUser(roomId, userId), z.int()),
    ]);
    if (room.value === null) return { commit: null, result: null };
    const row = pointer.value === null ? null : await loadEntry(
      kv,
      keys.participant(roomId, pointer.value),
      ParticipantRecord,
    );
    const held = places.value ?? [];
    const others = held.filter((id) => id !== pointer.value);
    const earlier = row?.value ?? null;
    const participant = await decide({ room: room.value, earlier, others: others.length });
    const { participant_id: id } = participant;
    const commit = kv.atomic().check(room, places, pointer)
      .set(places.key, held.includes(id) ? held : [...held, id])
      .set(pointer.key, id)
      .set(keys.participant(roomId, id), participant)
      .set(keys.roomOfUser(userId, roomId), true);
    if (row !== null) commit.check(row);
    return { commit, result: { room: room.value, participant, returned: earlier !== null } };
  });
}

/** One stay of somebody in a room. */
export type Stay = Pick<ParticipantRecord, "room_id" | "participant_id" | "stay">;

/** Frees the place of this stay. @returns the row as it is now, or null when it was over already */
export function freePlace(
  kv: Deno.Kv,
  { room_id: roomId, participant_id: participantId, stay }: Stay,
  leftAt: string,
): Promise<ParticipantRecord | null> {
  return transact(async () => {
    const places = await loadEntry(kv, keys.places(roomId), Places);
    const row = await loadEntry(kv, keys.participant(roomId, participantId), ParticipantRecord);
    if (row.value?.stay !== stay || !places.value?.includes(participantId)) {
      return { commit: null, result: null };
    }
    const result = gone(row.value, leftAt);
    const commit = kv.atomic().check(places, row).set(row.key, result)
      .delete(keys.streams(roomId, participantId));
    const rest = places.value.filter((id) => id !== participantId);
    return { commit: setPlaces(commit, places, rest), result };
  });
}

/** Ends the room and frees every place in it. @returns null when it had ended before */
export function closeRoom(
  kv: Deno.Kv,
  roomId: number,
  endedAt: string,
): Promise<RoomRecord | null> {
  return transact(async () => {
    const entry = await loadEntry(kv, keys.room(roomId), RoomRecord);
    const places = await loadEntry(kv, keys.places(roomId), Places);
    if (!entry.value?.is_active) return { commit: null, result: null };
    const room = { ...entry.value, is_active: false, ended_at: endedAt };
    const commit = kv.atomic().check(entry, places).set(entry.key, room)
      .delete(keys.roomOfUser(room.created_by, roomId));
    const rows = await loadMany(kv, rowKeys(roomId, places.value ?? []), ParticipantRecord);
    for (const row of rows) {
      commit.set(keys.participant(roomId, row.participant_id), gone(row, endedAt))
        .delete(keys.roomOfUser(row.user_id, roomId))
        .delete(keys.streams(roomId, row.participant_id));
    }
    return { commit: indexPublic(setPlaces(commit, places, []), room), result: room };
  });
}

/** Changes what is shown of a participant, never whether a place is held. */
export function updateParticipant(
  kv: Deno.Kv,
  roomId: number,
  participantId: number,
  change: (row: ParticipantRecord) => ParticipantRecord,
): Promise<ParticipantRecord | null> {
  return update(kv, keys.participant(roomId, participantId), ParticipantRecord, change);
}

function rowKeys(roomId: number, participantIds: readonly number[]): Deno.KvKey[] {
  return participantIds.map((id) => keys.participant(roomId, id));
}

function gone(row: ParticipantRecord, leftAt: string): ParticipantRecord {
  return {
    ...row,
    left_at: leftAt,
    is_online: false,
    is_screen_sharing: false,
    is_hand_raised: false,
  };
}

/** An empty room has no key, so that a start of the server finds only occupied ones. */
function setPlaces(
  commit: Deno.AtomicOperation,
  places: Entry<number[]>,
  ids: readonly number[],
): Deno.AtomicOperation {
  return ids.length === 0 ? commit.delete(places.key) : commit.set(places.key, ids);
}
