/** Participants in the store: one row per user and room, and who of them holds a place. */
import { z } from "zod";
import { MutedMedia } from "../../shared/protocol/moderation.ts";
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
  is_audio_locked: z.boolean().default(false),
  is_video_locked: z.boolean().default(false),
  is_screen_locked: z.boolean().default(false),
  /** Came by a guest link, whatever the role is now. */
  is_guest: z.boolean().default(false),
  /** Was let in, or had no need to be; until removed, the waiting room is behind them. */
  is_admitted: z.boolean().default(true),
  /** In front of the door since then; such a row holds no place, and `left_at` is set. */
  waiting_since: z.string().nullable().default(null),
  /** The browser they came with, which bans hold on to. */
  browser_id: z.string().nullable().default(null),
  capabilities: z.array(Capability),
  /** What somebody who leads switched off while there was no socket to say so, */
  unseen: z.array(MutedMedia).default([]),
  /** and the messages that would have said it. */
  orders: z.array(z.string()).default([]),
}).transform((row) => ({ ...row, is_guest: row.is_guest || row.role === "guest" }));
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

/** Everyone in front of the door, in the order of coming. */
export async function loadWaiting(kv: Deno.Kv, roomId: number): Promise<ParticipantRecord[]> {
  const waiting = await load(kv, keys.waiting(roomId), Places) ?? [];
  return loadMany(kv, rowKeys(roomId, waiting), ParticipantRecord);
}

/** Everyone who ever was in the room or in front of its door. */
export async function* listParticipants(
  kv: Deno.Kv,
  roomId: number,
): AsyncGenerator<ParticipantRecord> {
  for await (const { value } of kv.list({ prefix: keys.participantsOfRoom(roomId) })) {
    yield ParticipantRecord.parse(value);
  }
}

/** Rooms in which somebody holds a place, or waits for one. */
export async function* listOccupiedRoomIds(kv: Deno.Kv): AsyncGenerator<number> {
  const ids = new Set<number>();
  for (const prefix of [keys.allPlaces(), keys.allWaiting()]) {
    for await (const { key } of kv.list({ prefix })) {
      const id = z.int().parse(key.at(-1));
      if (!ids.has(id)) yield id;
      ids.add(id);
    }
  }
}

/** Whether somebody holds a place: in this room, or in any. */
export async function holdsPlace(
  kv: Deno.Kv,
  { user_id, room_id }: { user_id: number; room_id?: number },
): Promise<boolean> {
  const rooms = room_id === undefined ? listOccupiedRoomIds(kv) : [room_id];
  for await (const roomId of rooms) {
    const row = await loadParticipantOfUser(kv, roomId, user_id);
    if (row?.left_at === null) return true;
  }
  return false;
}

/** What the rule of `takePlace` sees. */
export interface PlaceRequest {
  room: RoomRecord;
  /** The user's earlier row, if any; `left_at` says whether its place is still held. */
  earlier: ParticipantRecord | null;
  /** Places held by others. */
  others: number;
  /** Others in front of the door. */
  othersWaiting: number;
}

export interface TakePlace {
  roomId: number;
  userId: number;
  /** The domain's rule: makes the row, with `waiting_since` for one that waits, or throws. */
  decide: (request: PlaceRequest) => Promise<ParticipantRecord>;
}

export interface PlaceTaken {
  room: RoomRecord;
  participant: ParticipantRecord;
  /** The user was in this room before. */
  returned: boolean;
}

/**
 * Gives the user a place, or the one already held, or lets them wait for one; whoever comes last of
 * too many is refused.
 * @returns null when there is no such room
 */
export function takePlace(
  kv: Deno.Kv,
  { roomId, userId, decide }: TakePlace,
): Promise<PlaceTaken | null> {
  return transact(async () => {
    const [room, places, waiting, pointer] = await Promise.all([
      loadEntry(kv, keys.room(roomId), RoomRecord),
      loadEntry(kv, keys.places(roomId), Places),
      loadEntry(kv, keys.waiting(roomId), Places),
      loadEntry(kv, keys.participantIdByUser(roomId, userId), z.int()),
    ]);
    if (room.value === null) return { commit: null, result: null };
    const row = pointer.value === null ? null : await loadEntry(
      kv,
      keys.participant(roomId, pointer.value),
      ParticipantRecord,
    );
    const earlier = row?.value ?? null;
    const participant = await decide({
      room: room.value,
      earlier,
      others: without(places, pointer.value).length,
      othersWaiting: without(waiting, pointer.value).length,
    });
    const { participant_id: id } = participant;
    const waits = participant.waiting_since !== null;
    const commit = kv.atomic().check(room, places, waiting, pointer)
      .set(pointer.key, id)
      .set(keys.participant(roomId, id), participant);
    setIds(commit, places, waits ? without(places, id) : withId(places, id));
    setIds(commit, waiting, waits ? withId(waiting, id) : without(waiting, id));
    if (!waits) commit.set(keys.roomOfUser(userId, roomId), true);
    if (row !== null) commit.check(row);
    return { commit, result: { room: room.value, participant, returned: earlier !== null } };
  });
}

/** One stay of somebody in a room. */
export type Stay = Pick<ParticipantRecord, "room_id" | "participant_id" | "stay">;

/**
 * Frees the place of this stay, or its turn in front of the door.
 * @returns the row as it is now, or null when it was over already
 */
export function freePlace(
  kv: Deno.Kv,
  { room_id: roomId, participant_id: participantId, stay }: Stay,
  leftAt: string,
): Promise<ParticipantRecord | null> {
  return transact(async () => {
    const [places, waiting, row] = await Promise.all([
      loadEntry(kv, keys.places(roomId), Places),
      loadEntry(kv, keys.waiting(roomId), Places),
      loadEntry(kv, keys.participant(roomId, participantId), ParticipantRecord),
    ]);
    const isHere = [places, waiting].some(({ value }) => value?.includes(participantId));
    if (row.value?.stay !== stay || !isHere) return { commit: null, result: null };
    const result = { ...gone(row.value, leftAt), waiting_since: null };
    const commit = kv.atomic().check(places, waiting, row).set(row.key, result)
      .delete(keys.streams(roomId, participantId));
    setIds(commit, places, without(places, participantId));
    setIds(commit, waiting, without(waiting, participantId));
    return { commit, result };
  });
}

export interface Expelled {
  row: ParticipantRecord;
  /** Where they were until now. */
  from: "room" | "waiting" | "outside";
}

export interface Expel {
  roomId: number;
  participantId: number;
  leftAt: string;
  /** What else becomes of the row. */
  change: (row: ParticipantRecord) => ParticipantRecord;
}

/** Takes place and waiting alike, whichever stay it is. @returns null when there is no such row */
export function expel(
  kv: Deno.Kv,
  { roomId, participantId, leftAt, change }: Expel,
): Promise<Expelled | null> {
  return transact(async () => {
    const [places, waiting, row] = await Promise.all([
      loadEntry(kv, keys.places(roomId), Places),
      loadEntry(kv, keys.waiting(roomId), Places),
      loadEntry(kv, keys.participant(roomId, participantId), ParticipantRecord),
    ]);
    if (row.value === null) return { commit: null, result: null };
    const from = places.value?.includes(participantId)
      ? "room"
      : waiting.value?.includes(participantId)
      ? "waiting"
      : "outside";
    const left_at = from === "room" ? leftAt : row.value.left_at ?? leftAt;
    const result = { ...gone(change(row.value), left_at), waiting_since: null };
    const commit = kv.atomic().check(places, waiting, row).set(row.key, result)
      .delete(keys.streams(roomId, participantId));
    setIds(commit, places, without(places, participantId));
    setIds(commit, waiting, without(waiting, participantId));
    return { commit, result: { row: result, from } };
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
    const waiting = await loadEntry(kv, keys.waiting(roomId), Places);
    if (!entry.value?.is_active) return { commit: null, result: null };
    const room = { ...entry.value, is_active: false, ended_at: endedAt };
    const commit = kv.atomic().check(entry, places, waiting).set(entry.key, room)
      .delete(keys.roomOfUser(room.created_by, roomId));
    const ids = [...places.value ?? [], ...waiting.value ?? []];
    const rows = await loadMany(kv, rowKeys(roomId, ids), ParticipantRecord);
    for (const row of rows) {
      const ended = { ...gone(row, endedAt), waiting_since: null };
      commit.set(keys.participant(roomId, row.participant_id), ended)
        .delete(keys.roomOfUser(row.user_id, roomId))
        .delete(keys.streams(roomId, row.participant_id));
    }
    setIds(setIds(commit, places, []), waiting, []);
    return { commit: indexPublic(commit, room), result: room };
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

/** An empty list has no key, so that a start of the server finds only occupied rooms. */
function setIds(
  commit: Deno.AtomicOperation,
  list: Entry<number[]>,
  ids: readonly number[],
): Deno.AtomicOperation {
  return ids.length === 0 ? commit.delete(list.key) : commit.set(list.key, ids);
}

function without({ value }: Entry<number[]>, participantId: number | null): number[] {
  return (value ?? []).filter((id) => id !== participantId);
}

/** Who is in it stays where they are in the order. */
function withId({ value }: Entry<number[]>, participantId: number): number[] {
  const ids = value ?? [];
  return ids.includes(participantId) ? ids : [...ids, participantId];
}
