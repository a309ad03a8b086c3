/** Who a request comes from: tokens in headers, subprotocols and cookies. */
import { PARTICIPANT_TOKEN_SECONDS } from "../../shared/protocol/limits.ts";
import type { AdminPrincipal, Principal } from "../auth/principal.ts";
import { container } from "../container.ts";
import { BROWSER_TOKEN_SECONDS } from "../auth/lifetimes.ts";
import type { AdminSignedIn } from "../services/admins.ts";
import type { SignedIn } from "../services/auth.ts";
import type { Joined } from "../services/participants.ts";
import { readCookie, writeCookie } from "./cookies.ts";
import { isHttps } from "./origin.ts";

const SESSION_COOKIE = "vc_session";
/** Outlives the session, so that the same browser stays the same user. */
const BROWSER_COOKIE = "vc_user";
/** Of administrators; beside the session, so that one may be both. */
const ADMIN_COOKIE = "vc_admin";
/** Names the browser, whoever signs in with it: bans hold on to it. */
const IDENTITY_COOKIE = "vc_browser";
/** Sent to the one WebSocket address it is for, and nowhere else. */
const PARTICIPANT_COOKIE = "vc_participant";

/** The one who asks; null without valid credentials. */
export async function authenticate(req: Request): Promise<Principal | null> {
  return (await identify(req)).principal;
}

/**
 * As `authenticate`, and whether credentials were shown at all. A Bearer token goes before cookies,
 * also when it is not valid: who shows one means it.
 */
export async function identify(
  req: Request,
): Promise<{ principal: Principal | null; shown: boolean }> {
  const { auth } = container().services;
  const bearer = bearerToken(req);
  if (bearer !== null) return { principal: await auth.verify(bearer, "bearer"), shown: true };
  const cookies = [cookie(req, PARTICIPANT_COOKIE), cookie(req, SESSION_COOKIE)];
  for (const token of cookies) {
    const principal = token === null ? null : await auth.verify(token, "cookie");
    if (principal !== null) return { principal, shown: true };
  }
  return { principal: null, shown: cookies.some((token) => token !== null) };
}

/** The administrator who asks, and whether credentials for that were shown at all. */
export async function identifyAdmin(
  req: Request,
): Promise<{ admin: AdminPrincipal | null; shown: boolean }> {
  const { admins } = container().services;
  const bearer = bearerToken(req);
  if (bearer !== null) return { admin: await admins.verify(bearer, "bearer"), shown: true };
  const token = cookie(req, ADMIN_COOKIE);
  if (token === null) return { admin: null, shown: false };
  return { admin: await admins.verify(token, "cookie"), shown: true };
}

/** `Set-Cookie` values after signing in as an administrator. */
export function adminCookies(req: Request, { token, lifetimeSeconds }: AdminSignedIn): string[] {
  return [setCookie(req, ADMIN_COOKIE, token, lifetimeSeconds)];
}

export function adminSignOutCookies(req: Request): string[] {
  return [setCookie(req, ADMIN_COOKIE, "", 0)];
}

/** The user this browser signed in as before; null: never, or as a guest. */
export async function earlierUserId(req: Request): Promise<number | null> {
  const { auth } = container().services;
  const session = cookie(req, SESSION_COOKIE);
  const principal = session === null ? null : await auth.verify(session, "cookie");
  if (principal?.kind === "user") return principal.user_id;
  const token = cookie(req, BROWSER_COOKIE);
  return token === null ? null : await auth.verifyBrowserToken(token);
}

/** `Set-Cookie` values after signing in. */
export async function signInCookies(req: Request, signedIn: SignedIn): Promise<string[]> {
  const { token, lifetimeSeconds, user } = signedIn;
  const cookies = [setCookie(req, SESSION_COOKIE, token, lifetimeSeconds)];
  if (!user.is_guest) {
    const browser = await container().services.auth.browserToken(user.user_id);
    cookies.push(setCookie(req, BROWSER_COOKIE, browser, BROWSER_TOKEN_SECONDS));
  }
  if (await browserIdOf(req) === null) {
    const identity = await container().services.auth.newBrowserIdentity();
    cookies.push(setCookie(req, IDENTITY_COOKIE, identity, BROWSER_TOKEN_SECONDS));
  }
  return cookies;
}

/** Null: a program, or a browser that never signed in here. */
export async function browserIdOf(req: Request): Promise<string | null> {
  const token = cookie(req, IDENTITY_COOKIE);
  return token === null ? null : await container().services.auth.verifyBrowserIdentity(token);
}

/** For the answer to somebody whose session is prolonged by asking. */
export async function prolongingCookies(req: Request, principal: Principal): Promise<string[]> {
  const prolonged = await container().services.sessions.prolong(principal);
  return prolonged === null ? [] : refreshCookies(req, prolonged);
}

/** After a rotation. */
export function refreshCookies(req: Request, { token, lifetimeSeconds }: SignedIn): string[] {
  return [setCookie(req, SESSION_COOKIE, token, lifetimeSeconds)];
}

/** The browser cookie stays: whoever signs in here next is the same user again. */
export function signOutCookies(req: Request): string[] {
  return [setCookie(req, SESSION_COOKIE, "", 0)];
}

/**
 * Lets plain `new WebSocket(url)` in after a join by Bearer token, as the documents' examples do.
 * Bound to the path of this room and user, so several identities in one browser do not mix.
 */
export function participantCookie(req: Request, { room, participant, token }: Joined): string {
  const secure = isHttps(req);
  return writeCookie({
    name: cookieName(PARTICIPANT_COOKIE, secure),
    value: token,
    maxAgeSeconds: PARTICIPANT_TOKEN_SECONDS,
    path: `/video/ws/${room.room_code}/${participant.user_id}`,
    secure,
  });
}

function bearerToken(req: Request): string | null {
  const header = /^bearer +(\S+)$/i.exec(req.headers.get("authorization") ?? "");
  if (header !== null) return header[1]!;
  // Browsers cannot set headers on a WebSocket; a subprotocol is the one thing they let through.
  const offered = (req.headers.get("sec-websocket-protocol") ?? "").split(",");
  const word = offered.map((each) => each.trim()).find((each) => each.startsWith("bearer."));
  return word?.slice("bearer.".length) ?? null;
}

function cookie(req: Request, name: string): string | null {
  return readCookie(req, cookieName(name, isHttps(req))) || null;
}

function setCookie(req: Request, name: string, value: string, maxAgeSeconds: number): string {
  const secure = isHttps(req);
  return writeCookie({ name: cookieName(name, secure), value, maxAgeSeconds, secure });
}

/** `__Host-` keeps subdomains from planting one; it demands Path=/, `__Secure-` does not. */
function cookieName(name: string, secure: boolean): string {
  if (!secure) return name;
  return name === PARTICIPANT_COOKIE ? `__Secure-${name}` : `__Host-${name}`;
}
