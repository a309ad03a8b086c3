/** Sign-in sessions as a whole: rotation, and ending one or many of them. */
import type { PublicUser } from "../../shared/protocol/auth.ts";
import {
  GUEST_CALL_SECONDS,
  GUEST_RENEWAL_SECONDS,
  REFRESH_OVERLAP_SECONDS,
  SESSION_RENEWAL_SECONDS,
  USER_SESSION_SECONDS,
} from "../../shared/protocol/limits.ts";
import { AppError } from "../app_error.ts";
import type { Principal, SessionPrincipal } from "../auth/principal.ts";
import { loadParticipantOfUser } from "../store/participants.ts";
import {
  deleteSession,
  listSessions,
  loadSession,
  type SessionRecord,
  updateSession,
} from "../store/sessions.ts";
import type { SignedIn } from "./auth.ts";
import type { ServiceContext } from "./services.ts";

const OVERLAP_MS = REFRESH_OVERLAP_SECONDS * 1000;

/** A token of an earlier turn is good for a moment only, as requests may be under way with it. */
export function isCurrentTurn(session: SessionRecord, turn: number, now: number): boolean {
  if (turn === session.turn) return true;
  return turn === session.turn - 1 && now < session.turned_at + OVERLAP_MS;
}

export class SessionService {
  readonly #context: ServiceContext;

  constructor(context: ServiceContext) {
    this.#context = context;
  }

  /**
   * A new token for the same session; the one before works a minute longer. People's sessions begin
   * their time anew, guests' end when they would have. Several tabs may ask at once: within the
   * minute they get tokens of the same turn.
   * @throws AppError FORBIDDEN for participant tokens, SESSION_EXPIRED
   */
  async refresh(principal: Principal): Promise<SignedIn> {
    const { kv, clock, tokens, log } = this.#context;
    if (principal.kind === "participant") throw new AppError("FORBIDDEN");
    const now = clock();
    const { session_id: sessionId } = principal;
    const session = await updateSession(kv, { sessionId, now }, (current) => {
      const lasts = current.kind === "user" ? now + USER_SESSION_SECONDS * 1000 : 0;
      const expires_at = Math.max(current.expires_at, lasts);
      if (now < current.turned_at + OVERLAP_MS) return { ...current, expires_at };
      return { ...current, expires_at, turn: current.turn + 1, turned_at: now };
    });
    if (session === null) throw new AppError("SESSION_EXPIRED");
    const { user_id, user_name, turn } = session;
    const lifetimeSeconds = Math.max(1, Math.floor((session.expires_at - now) / 1000));
    const claims = { sub: String(user_id), jti: sessionId, turn };
    const token = await tokens.sign("session", claims, lifetimeSeconds);
    log.write({ event: "session_rotated", user_id });
    const user: PublicUser = { user_id, user_name, is_guest: session.kind === "guest" };
    return { token, lifetimeSeconds, user };
  }

  /**
   * A browser's session lasts for as long as it is used: people's begin their time anew, those of
   * guests last while they are in the call. Earlier tokens stay good for their own time, since an
   * answer with a new one may be lost.
   * @returns null when there is nothing to prolong
   */
  async prolong(principal: Principal): Promise<SignedIn | null> {
    const { kv, clock, tokens } = this.#context;
    if (principal.kind === "participant" || principal.via !== "cookie") return null;
    const now = clock();
    const { session_id: sessionId, user_id, user_name, kind } = principal;
    const stored = await loadSession(kv, sessionId, now);
    if (stored === null) return null;
    const lastsSeconds = kind === "user" ? USER_SESSION_SECONDS : GUEST_CALL_SECONDS;
    const graceSeconds = kind === "user" ? SESSION_RENEWAL_SECONDS : GUEST_RENEWAL_SECONDS;
    if (stored.expires_at > now + (lastsSeconds - graceSeconds) * 1000) return null;
    if (kind === "guest" && !await this.#isInCall(principal)) return null;
    const expires_at = now + lastsSeconds * 1000;
    const session = await updateSession(kv, { sessionId, now }, (current) => {
      return { ...current, expires_at: Math.max(current.expires_at, expires_at) };
    });
    if (session === null) return null;
    const claims = { sub: String(user_id), jti: sessionId, turn: session.turn };
    const token = await tokens.sign("session", claims, lastsSeconds);
    const user: PublicUser = { user_id, user_name, is_guest: kind === "guest" };
    return { token, lifetimeSeconds: lastsSeconds, user };
  }

  async #isInCall({ room_id, user_id }: SessionPrincipal): Promise<boolean> {
    if (room_id === undefined) return false;
    const row = await loadParticipantOfUser(this.#context.kv, room_id, user_id);
    return row?.left_at === null;
  }

  /** This session, or with `everywhere` all of the same user; live sockets are closed. */
  async signOut({ user_id, session_id }: Principal, everywhere: boolean): Promise<void> {
    const { kv, bus, log } = this.#context;
    if (everywhere) {
      await this.endAllOf(user_id);
    } else {
      await deleteSession(kv, session_id);
      bus.publish({ type: "sessions_ended", session_ids: [session_id] });
    }
    log.write({ event: "signed_out", user_id });
  }

  /** @returns how many there were */
  async endAllOf(userId: number): Promise<number> {
    const count = (await this.#end((session) => session.user_id === userId)).length;
    this.#context.bus.publish({ type: "sessions_ended", user_id: userId });
    this.#context.log.write({ event: "sessions_ended", count, user_id: userId });
    return count;
  }

  /** Everybody who signed in with the access password; guests stay. @returns how many */
  async endAllOfUsers(): Promise<number> {
    const session_ids = await this.#end((session) => session.kind === "user");
    this.#context.bus.publish({ type: "sessions_ended", session_ids });
    this.#context.log.write({ event: "sessions_ended", count: session_ids.length });
    return session_ids.length;
  }

  /** Sessions that still hold, by user_id. */
  async countByUser(): Promise<Map<number, number>> {
    const { kv, clock } = this.#context;
    const now = clock();
    const counts = new Map<number, number>();
    for await (const { user_id, expires_at } of listSessions(kv)) {
      if (expires_at > now) counts.set(user_id, (counts.get(user_id) ?? 0) + 1);
    }
    return counts;
  }

  async #end(chosen: (session: SessionRecord) => boolean): Promise<string[]> {
    const { kv } = this.#context;
    const ended: string[] = [];
    for await (const session of listSessions(kv)) {
      if (!chosen(session)) continue;
      await deleteSession(kv, session.session_id);
      ended.push(session.session_id);
    }
    return ended;
  }
}
