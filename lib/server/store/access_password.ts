/** The hash of the password people sign in with. */
import { z } from "zod";
import { keys } from "./keys.ts";
import { load } from "./kv.ts";

export const PasswordHash = z.object({
  algorithm: z.literal("PBKDF2-SHA-256"),
  iterations: z.int().positive(),
  /** base64url */
  salt: z.string(),
  hash: z.string(),
});
export type PasswordHash = z.infer<typeof PasswordHash>;

export function loadAccessPassword(kv: Deno.Kv): Promise<PasswordHash | null> {
  return load(kv, keys.accessPassword(), PasswordHash);
}

export async function saveAccessPassword(kv: Deno.Kv, hash: PasswordHash): Promise<void> {
  await kv.set(keys.accessPassword(), hash);
}
