/** Signing in and out, and who a token speaks for. */
import type { IceServer } from "../../shared/protocol/participants.ts";
import type { Login, PublicUser } from "../../shared/protocol/auth.ts";
import { GUEST_SESSION_SECONDS, USER_SESSION_SECONDS } from "../../shared/protocol/limits.ts";
import { AppError } from "../app_error.ts";
import { iceServersFor } from "../auth/ice_servers.ts";
import { BROWSER_TOKEN_SECONDS } from "../auth/lifetimes.ts";
import { LoginAttempts } from "../auth/login_attempts.ts";
import { verifyPassword } from "../auth/passwords.ts";
import type { CredentialSource, Principal } from "../auth/principal.ts";
import { loadAccessPassword } from "../store/access_password.ts";
import { loadGuestLink } from "../store/guest_links.ts";
import { holdsPlace, loadParticipant } from "../store/participants.ts";
import { loadSession, saveSession, type SessionRecord } from "../store/sessions.ts";
import { loadUser, saveUser } from "../store/users.ts";
import type { ServiceContext } from "./services.ts";
import { isCurrentTurn } from "./sessions.ts";

export interface SignedIn {
  user: PublicUser;
  /** Session token. */
  token: string;
  /** Seconds the session lasts. */
  lifetimeSeconds: number;
}

export interface LoginRequest extends Login {
  address: string;
  /** The user this browser was before, if it can show it. */
  earlierUserId: number | null;
}

/** What a new session stands for. */
export interface SessionWish {
  user_id: number;
  user_name: string;
  /** Guests: the room and the link. */
  guestOf?: { room_id: number; link_id: string };
}

export class AuthService {
  readonly #context: ServiceContext;
  readonly #attempts: LoginAttempts;

  constructor(context: ServiceContext) {
    this.#context = context;
    this.#attempts = new LoginAttempts(context.clock);
  }

  /** @throws AppError INVALID_PASSWORD, TOO_MANY_REQUESTS, UNAVAILABLE */
  async login(request: LoginRequest): Promise<SignedIn> {
    const { kv, log, audit } = this.#context;
    const { address, user_name } = request;
    this.#attempts.begin(address);
    const stored = await loadAccessPassword(kv);
    if (stored === null || !await verifyPassword(request.password, stored)) {
      log.write({ event: "auth_failed", reason: "INVALID_PASSWORD", address });
      audit.signInFailed("access", address);
      throw new AppError("INVALID_PASSWORD");
    }
    this.#attempts.succeeded(address);
    const user_id = await this.#recall(request.earlierUserId) ??
      await this.#context.ids.next("user");
    await saveUser(kv, { user_id, user_name, is_guest: false, created_at: this.#now() });
    return await this.openSession({ user_id, user_name });
  }

  async openSession({ user_id, user_name, guestOf }: SessionWish): Promise<SignedIn> {
    const { kv, clock, tokens, log, metrics } = this.#context;
    const kind = guestOf === undefined ? "user" : "guest";
    const lifetimeSeconds = kind === "guest" ? GUEST_SESSION_SECONDS : USER_SESSION_SECONDS;
    const session: SessionRecord = {
      session_id: crypto.randomUUID(),
      kind,
      user_id,
      user_name,
      room_id: guestOf?.room_id ?? null,
      link_id: guestOf?.link_id ?? null,
      created_at: this.#now(),
      turn: 0,
      turned_at: 0,
      expires_at: clock() + lifetimeSeconds * 1000,
    };
    await saveSession(kv, session, clock());
    const claims = { sub: String(user_id), jti: session.session_id, turn: session.turn };
    const token = await tokens.sign("session", claims, lifetimeSeconds);
    log.write({ event: "signed_in", user_id, kind });
    metrics.signIn(kind);
    return { token, lifetimeSeconds, user: { user_id, user_name, is_guest: kind === "guest" } };
  }

  /** Whom a session or participant token speaks for; null when it is void or its session is over. */
  async verify(token: string, via: CredentialSource): Promise<Principal | null> {
    return await this.#verifySession(token, via) ?? await this.#verifyParticipant(token, via);
  }

  async me(principal: Principal): Promise<PublicUser> {
    const { user_id } = principal;
    if (principal.kind !== "participant") {
      return { user_id, user_name: principal.user_name, is_guest: principal.kind === "guest" };
    }
    const { room_id, participant_id } = principal;
    const row = await loadParticipant(this.#context.kv, room_id, participant_id);
    if (row === null) throw new AppError("SESSION_EXPIRED");
    const session = await this.#session(principal.session_id);
    return { user_id, user_name: row.user_name, is_guest: session?.kind === "guest" };
  }

  /**
   * STUN for everyone; a relay only for people in a call: its credentials carry traffic for hours,
   * wherever to, and who waits in front of a door is still a stranger.
   */
  async iceServers(principal: Principal): Promise<IceServer[]> {
    const { config, kv, clock } = this.#context;
    const ice = await holdsPlace(kv, principal) ? config.ice : { ...config.ice, turnUrls: [] };
    return await iceServersFor(ice, principal.user_id, clock());
  }

  /** A token by which the same browser is the same user when it signs in again. */
  browserToken(userId: number): Promise<string> {
    const claims = { sub: String(userId), jti: crypto.randomUUID() };
    return this.#context.tokens.sign("browser", claims, BROWSER_TOKEN_SECONDS);
  }

  async verifyBrowserToken(token: string): Promise<number | null> {
    const verdict = await this.#context.tokens.verify("browser", token);
    return verdict.ok ? Number(verdict.claims.sub) : null;
  }

  /** A token that names a browser for good, whoever signs in with it. */
  newBrowserIdentity(): Promise<string> {
    const claims = { sub: crypto.randomUUID(), jti: crypto.randomUUID() };
    return this.#context.tokens.sign("browser_identity", claims, BROWSER_TOKEN_SECONDS);
  }

  async verifyBrowserIdentity(token: string): Promise<string | null> {
    const verdict = await this.#context.tokens.verify("browser_identity", token);
    return verdict.ok ? verdict.claims.sub : null;
  }

  async #verifySession(token: string, via: CredentialSource): Promise<Principal | null> {
    const verdict = await this.#context.tokens.verify("session", token);
    if (!verdict.ok) return null;
    const session = await this.#session(verdict.claims.jti);
    if (session === null || session.user_id !== Number(verdict.claims.sub)) return null;
    if (!isCurrentTurn(session, verdict.claims.turn, this.#context.clock())) return null;
    const { kind, user_id, user_name, session_id } = session;
    const room_id = session.room_id ?? undefined;
    const link_id = session.link_id ?? undefined;
    return { kind, user_id, user_name, session_id, room_id, link_id, via };
  }

  async #verifyParticipant(token: string, via: CredentialSource): Promise<Principal | null> {
    const verdict = await this.#context.tokens.verify("participant", token);
    if (!verdict.ok) return null;
    const { sub, room, participant, session: session_id } = verdict.claims;
    const session = await this.#session(session_id);
    if (session === null) return null;
    return {
      kind: "participant",
      link_id: session.link_id ?? undefined,
      user_id: Number(sub),
      room_id: room,
      participant_id: participant,
      session_id,
      via,
    };
  }

  /** A guest's session ends with the link that let the guest in. */
  async #session(sessionId: string): Promise<SessionRecord | null> {
    const { kv, clock } = this.#context;
    const session = await loadSession(kv, sessionId, clock());
    if (session === null || session.link_id === null) return session;
    const link = await loadGuestLink(kv, session.link_id);
    return link?.revoked_at === null ? session : null;
  }

  async #recall(userId: number | null): Promise<number | null> {
    const user = userId === null ? null : await loadUser(this.#context.kv, userId);
    return user === null || user.is_guest ? null : user.user_id;
  }

  #now(): string {
    return new Date(this.#context.clock()).toISOString();
  }
}
