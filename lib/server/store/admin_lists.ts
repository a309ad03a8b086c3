/** Everything of one kind, newest first: only administrators look at lists like these. */
import type { z } from "zod";
import { GuestLinkRecord } from "./guest_links.ts";
import { keys } from "./keys.ts";
import { RoomRecord } from "./rooms.ts";
import { UserRecord } from "./users.ts";

/** Records read at once. */
const BATCH = 200;

async function* newestFirst<T>(
  kv: Deno.Kv,
  prefix: Deno.KvKey,
  schema: z.ZodType<T>,
): AsyncGenerator<T> {
  const options = { reverse: true, batchSize: BATCH };
  for await (const { value } of kv.list({ prefix }, options)) yield schema.parse(value);
}

export function listRooms(kv: Deno.Kv): AsyncGenerator<RoomRecord> {
  return newestFirst(kv, keys.rooms(), RoomRecord);
}

export function listUsers(kv: Deno.Kv): AsyncGenerator<UserRecord> {
  return newestFirst(kv, keys.users(), UserRecord);
}

/** Their keys are random, so they are sorted here. */
export async function listGuestLinks(kv: Deno.Kv): Promise<GuestLinkRecord[]> {
  const links = await Array.fromAsync(newestFirst(kv, keys.guestLinks(), GuestLinkRecord));
  return links.sort((one, other) => other.created_at.localeCompare(one.created_at));
}
