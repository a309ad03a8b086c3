/** People: those who signed in, and guests. */
import { z } from "zod";
import { keys } from "./keys.ts";
import { load } from "./kv.ts";

export const UserRecord = z.object({
  user_id: z.int().positive(),
  user_name: z.string(),
  is_guest: z.boolean(),
  created_at: z.string(),
});
export type UserRecord = z.infer<typeof UserRecord>;

export function loadUser(kv: Deno.Kv, userId: number): Promise<UserRecord | null> {
  return load(kv, keys.user(userId), UserRecord);
}

export async function saveUser(kv: Deno.Kv, user: UserRecord): Promise<void> {
  await kv.set(keys.user(user.user_id), user);
}
