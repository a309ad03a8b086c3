/** Bans: one record each, found by the account and by the browser it holds on to. */
import { z } from "zod";
import { Ban } from "../../shared/protocol/moderation.ts";
import { keys } from "./keys.ts";
import { load, loadEntry, transact } from "./kv.ts";

export const BanRecord = Ban.extend({
  /** Null: they came without one, as programs do. */
  browser_id: z.string().nullable(),
});
export type BanRecord = z.infer<typeof BanRecord>;

export async function saveBan(kv: Deno.Kv, ban: BanRecord): Promise<void> {
  const { room_id, ban_id, user_id, browser_id } = ban;
  const commit = kv.atomic().set(keys.ban(room_id, ban_id), ban)
    .set(keys.banIdByUser(room_id, user_id), ban_id);
  if (browser_id !== null) commit.set(keys.banIdByBrowser(room_id, browser_id), ban_id);
  await commit.commit();
}

export interface Suspect {
  user_id: number;
  browser_id: string | null;
}

export interface BansFound {
  byUser: BanRecord | null;
  byBrowser: BanRecord | null;
}

export async function findBans(
  kv: Deno.Kv,
  roomId: number,
  { user_id, browser_id }: Suspect,
): Promise<BansFound> {
  const find = async (key: Deno.KvKey) => {
    const banId = await load(kv, key, z.int());
    return banId === null ? null : await load(kv, keys.ban(roomId, banId), BanRecord);
  };
  const [byUser, byBrowser] = await Promise.all([
    find(keys.banIdByUser(roomId, user_id)),
    browser_id === null ? null : find(keys.banIdByBrowser(roomId, browser_id)),
  ]);
  return { byUser, byBrowser };
}

/** Newest first; of one room, or of all. */
export async function* listBans(kv: Deno.Kv, roomId?: number): AsyncGenerator<BanRecord> {
  const prefix = roomId === undefined ? keys.bans() : keys.bansOfRoom(roomId);
  for await (const { value } of kv.list({ prefix }, { reverse: true })) {
    yield BanRecord.parse(value);
  }
}

/** @returns the ban that held until now, or null when there is none of this number in the room */
export function deleteBan(kv: Deno.Kv, roomId: number, banId: number): Promise<BanRecord | null> {
  return transact(async () => {
    const entry = await loadEntry(kv, keys.ban(roomId, banId), BanRecord);
    const ban = entry.value;
    if (ban === null) return { commit: null, result: null };
    const commit = kv.atomic().check(entry).delete(entry.key);
    const pointers = [keys.banIdByUser(roomId, ban.user_id)] as Deno.KvKey[];
    if (ban.browser_id !== null) pointers.push(keys.banIdByBrowser(roomId, ban.browser_id));
    for (const key of pointers) {
      const pointer = await loadEntry(kv, key, z.int());
      // A later ban of the same browser, under another account, goes on.
      if (pointer.value === banId) commit.check(pointer).delete(key);
    }
    return { commit, result: ban };
  });
}
