/** Administrators, by name, and their sign-ins. */
import { z } from "zod";
import { PasswordHash } from "./access_password.ts";
import { keys } from "./keys.ts";
import { load, loadEntry, transact } from "./kv.ts";

export const AdminRecord = z.object({
  admin_id: z.int().positive(),
  username: z.string(),
  password: PasswordHash,
  created_at: z.string(),
  /** Milliseconds since the epoch; sign-ins from before are void. */
  password_changed_at: z.number(),
});
export type AdminRecord = z.infer<typeof AdminRecord>;

export const AdminSessionRecord = z.object({
  session_id: z.string(),
  admin_id: z.int().positive(),
  username: z.string(),
  /** Milliseconds since the epoch. */
  created_at: z.number(),
  expires_at: z.number(),
});
export type AdminSessionRecord = z.infer<typeof AdminSessionRecord>;

export function loadAdmin(kv: Deno.Kv, username: string): Promise<AdminRecord | null> {
  return load(kv, keys.admin(username), AdminRecord);
}

/** In the order of their names. */
export async function loadAdmins(kv: Deno.Kv): Promise<AdminRecord[]> {
  const admins: AdminRecord[] = [];
  for await (const { value } of kv.list({ prefix: keys.admins() })) {
    admins.push(AdminRecord.parse(value));
  }
  return admins;
}

export async function hasAdmins(kv: Deno.Kv): Promise<boolean> {
  for await (const _ of kv.list({ prefix: keys.admins() }, { limit: 1 })) return true;
  return false;
}

/** @returns false when the name is taken */
export async function createAdmin(kv: Deno.Kv, admin: AdminRecord): Promise<boolean> {
  const key = keys.admin(admin.username);
  return (await kv.atomic().check({ key, versionstamp: null }).set(key, admin).commit()).ok;
}

/** @returns null when there is no such account */
export function updateAdmin(
  kv: Deno.Kv,
  username: string,
  change: (admin: AdminRecord) => AdminRecord,
): Promise<AdminRecord | null> {
  return transact(async () => {
    const entry = await loadEntry(kv, keys.admin(username), AdminRecord);
    if (entry.value === null) return { commit: null, result: null };
    const result = change(entry.value);
    return { commit: kv.atomic().check(entry).set(entry.key, result), result };
  });
}

/** @returns false when there was no such account */
export function deleteAdmin(kv: Deno.Kv, username: string): Promise<boolean> {
  return transact(async () => {
    const entry = await loadEntry(kv, keys.admin(username), AdminRecord);
    if (entry.value === null) return { commit: null, result: false };
    return { commit: kv.atomic().check(entry).delete(entry.key), result: true };
  });
}

export async function saveAdminSession(kv: Deno.Kv, session: AdminSessionRecord): Promise<void> {
  const expireIn = Math.max(1, session.expires_at - session.created_at);
  await kv.set(keys.adminSession(session.session_id), session, { expireIn });
}

export async function loadAdminSession(
  kv: Deno.Kv,
  sessionId: string,
  now: number,
): Promise<AdminSessionRecord | null> {
  const session = await load(kv, keys.adminSession(sessionId), AdminSessionRecord);
  return session !== null && session.expires_at > now ? session : null;
}

export async function deleteAdminSession(kv: Deno.Kv, sessionId: string): Promise<void> {
  await kv.delete(keys.adminSession(sessionId));
}

/** @returns how many there were */
export async function deleteAdminSessionsOf(kv: Deno.Kv, adminId: number): Promise<number> {
  let count = 0;
  for await (const { key, value } of kv.list({ prefix: keys.adminSessions() })) {
    if (AdminSessionRecord.parse(value).admin_id !== adminId) continue;
    await kv.delete(key);
    count++;
  }
  return count;
}
