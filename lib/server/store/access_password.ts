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

export const AccessPasswordRecord = PasswordHash.extend({
  /**
   * What the environment said when it was last obeyed: while it says the same, a password that an
   * administrator chose since then stays.
   */
  environment: PasswordHash.nullable().default(null),
});
export type AccessPasswordRecord = z.infer<typeof AccessPasswordRecord>;

export function loadAccessPassword(kv: Deno.Kv): Promise<AccessPasswordRecord | null> {
  return load(kv, keys.accessPassword(), AccessPasswordRecord);
}

export async function saveAccessPassword(
  kv: Deno.Kv,
  record: AccessPasswordRecord,
): Promise<void> {
  await kv.set(keys.accessPassword(), record);
}
