/** Sign-in sessions, by the id in their token: what is not here is revoked. */
import { z } from "zod";
import { keys } from "./keys.ts";
import { load, loadEntry, transact } from "./kv.ts";

export const SessionRecord = z.object({
  session_id: z.string(),
  kind: z.enum(["user", "guest"]),
  user_id: z.int().positive(),
  user_name: z.string(),
  /** Guests: the one room, and the link that let them in. */
  room_id: z.int().positive().nullable(),
  link_id: z.string().nullable(),
  created_at: z.string(),
  /** Rotations of the token so far, and when the last one was (milliseconds since the epoch). */
  turn: z.int().min(0).default(0),
  turned_at: z.number().default(0),
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

/** Also of sessions that are over but not yet cleaned up: look at `expires_at`. */
export async function* listSessions(kv: Deno.Kv): AsyncGenerator<SessionRecord> {
  for await (const { value } of kv.list({ prefix: keys.sessions() }, { batchSize: 200 })) {
    yield SessionRecord.parse(value);
  }
}

/** @param change may throw. @returns null when there is no such session */
export function updateSession(
  kv: Deno.Kv,
  { sessionId, now }: { sessionId: string; now: number },
  change: (session: SessionRecord) => SessionRecord,
): Promise<SessionRecord | null> {
  return transact(async () => {
    const entry = await loadEntry(kv, keys.session(sessionId), SessionRecord);
    if (entry.value === null || entry.value.expires_at <= now) {
      return { commit: null, result: null };
    }
    const result = change(entry.value);
    const expireIn = Math.max(1, result.expires_at - now);
    return { commit: kv.atomic().check(entry).set(entry.key, result, { expireIn }), result };
  });
}

export async function deleteSession(kv: Deno.Kv, sessionId: string): Promise<void> {
  await kv.delete(keys.session(sessionId));
}
