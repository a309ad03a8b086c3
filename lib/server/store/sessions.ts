/** Sign-in sessions, by the id in their token: what is not here is revoked. */
import { z } from "zod";
import { keys } from "./keys.ts";
import { load } from "./kv.ts";

export const SessionRecord = z.object({
  session_id: z.string(),
  kind: z.enum(["user", "guest"]),
  user_id: z.int().positive(),
  user_name: z.string(),
  /** Guests: the one room, and the link that let them in. */
  room_id: z.int().positive().nullable(),
  link_id: z.string().nullable(),
  created_at: z.string(),
  /** Milliseconds since the epoch; the server's clock decides. */
  expires_at: z.number(),
});
export type SessionRecord = z.infer<typeof SessionRecord>;

export async function saveSession(
  kv: Deno.Kv,
  session: SessionRecord,
  now: number,
): Promise<void> {
  // `expireIn` only cleans up: it means "not before", so `expires_at` is what counts.
  const expireIn = Math.max(1, session.expires_at - now);
  await kv.set(keys.session(session.session_id), session, { expireIn });
}

export async function loadSession(
  kv: Deno.Kv,
  sessionId: string,
  now: number,
): Promise<SessionRecord | null> {
  const session = await load(kv, keys.session(sessionId), SessionRecord);
  return session !== null && session.expires_at > now ? session : null;
}

export async function deleteSession(kv: Deno.Kv, sessionId: string): Promise<void> {
  await kv.delete(keys.session(sessionId));
}
