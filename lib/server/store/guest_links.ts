/** Guest links, by the id in their token. */
import { z } from "zod";
import { keys } from "./keys.ts";
import { load, loadEntry, loadMany, transact } from "./kv.ts";

/** Kept this long after expiry, so that a late guest hears "expired" and not "invalid". */
const KEPT_AFTER_EXPIRY_MS = 30 * 24 * 60 * 60 * 1000;

export const GuestLinkRecord = z.object({
  link_id: z.string(),
  room_id: z.int().positive(),
  created_by: z.int().positive(),
  created_at: z.string(),
  /** Milliseconds since the epoch. */
  expires_at: z.number(),
  /** Null: any number of times. */
  max_uses: z.int().positive().nullable(),
  uses: z.int().min(0),
  /** Suggested to the guest. */
  user_name: z.string().nullable(),
  revoked_at: z.string().nullable(),
});
export type GuestLinkRecord = z.infer<typeof GuestLinkRecord>;

export async function saveGuestLink(
  kv: Deno.Kv,
  link: GuestLinkRecord,
  now: number,
): Promise<void> {
  const { room_id, link_id } = link;
  await kv.atomic()
    .set(keys.guestLink(link_id), link, cleanUp(link, now))
    .set(keys.guestLinkOfRoom(room_id, link_id), true, cleanUp(link, now))
    .commit();
}

/** Links of a room, newest first. */
export async function listGuestLinks(kv: Deno.Kv, roomId: number): Promise<GuestLinkRecord[]> {
  const ids: string[] = [];
  for await (const { key } of kv.list({ prefix: keys.guestLinksOfRoom(roomId) })) {
    ids.push(z.string().parse(key.at(-1)));
  }
  const links = await loadMany(kv, ids.map(keys.guestLink), GuestLinkRecord);
  return links.sort((one, other) => other.created_at.localeCompare(one.created_at));
}

export function loadGuestLink(kv: Deno.Kv, linkId: string): Promise<GuestLinkRecord | null> {
  return load(kv, keys.guestLink(linkId), GuestLinkRecord);
}

export interface UpdateGuestLink {
  linkId: string;
  now: number;
  /** The domain's rule; may throw. */
  change: (link: GuestLinkRecord) => GuestLinkRecord;
}

/** @returns null when there is no such link */
export function updateGuestLink(
  kv: Deno.Kv,
  { linkId, now, change }: UpdateGuestLink,
): Promise<GuestLinkRecord | null> {
  return transact(async () => {
    const entry = await loadEntry(kv, keys.guestLink(linkId), GuestLinkRecord);
    if (entry.value === null) return { commit: null, result: null };
    const link = change(entry.value);
    return {
      commit: kv.atomic().check(entry).set(entry.key, link, cleanUp(link, now)),
      result: link,
    };
  });
}

function cleanUp(link: GuestLinkRecord, now: number): { expireIn: number } {
  return { expireIn: Math.max(1, link.expires_at - now + KEPT_AFTER_EXPIRY_MS) };
}
