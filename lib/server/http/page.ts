/** What pages are made with: who asks, in which language, and what an error looks like. */
import { STAY_COOKIE } from "../../shared/domain/stay_cookie.ts";
import { isLocale, LOCALE_COOKIE, LOCALE_COOKIE_SECONDS } from "../../shared/i18n/locale.ts";
import type { PageData } from "../../shared/page_props.ts";
import type { PublicUser } from "../../shared/protocol/auth.ts";
import { ERROR_STATUS, type ErrorCode } from "../../shared/protocol/errors.ts";
import type { Recording } from "../../shared/protocol/recordings.ts";
import type { VideoRoom } from "../../shared/protocol/rooms.ts";
import { AppError, isAppError } from "../app_error.ts";
import type { SessionPrincipal } from "../auth/principal.ts";
import { roomToWire } from "../services/wire.ts";
import { ApiCall, type RouteContext } from "./api.ts";
import { readCookie, writeCookie } from "./cookies.ts";
import { localeOf, toAppError } from "./errors.ts";
import { isHttps } from "./origin.ts";
import { browserIdOf, identify, prolongingCookies } from "./session.ts";

/** My rooms: more than anybody scrolls through. */
const MY_ROOMS_LIMIT = 50;

/** One request for a page. */
export class PageCall {
  readonly #call: ApiCall;
  readonly #req: Request;

  constructor({ req, params }: RouteContext) {
    this.#req = req;
    this.#call = new ApiCall(req, params);
  }

  get data(): PageData {
    const { pathname, search } = new URL(this.#req.url);
    return { locale: localeOf(this.#req), path: pathname + search };
  }

  /** The page of a room was left during a call, perhaps only to load it again. */
  get returning(): boolean {
    return readCookie(this.#req, STAY_COOKIE) !== null;
  }

  /** Users and guests; null: not signed in, or with a token that opens no pages. */
  async visitor(): Promise<SessionPrincipal | null> {
    const { principal } = await identify(this.#req);
    return principal === null || principal.kind === "participant" ? null : principal;
  }

  /**
   * The room of this address; little of it to somebody who has to be let in first.
   * @throws AppError ROOM_NOT_FOUND, ROOM_INACTIVE, BANNED, TOO_MANY_REQUESTS
   */
  async room(principal: SessionPrincipal): Promise<VideoRoom> {
    const { services, address, origin } = this.#call;
    const caller = { principal, address, browser_id: await browserIdOf(this.#req) };
    return roomToWire(await services.rooms.door(this.#call.param("code"), caller), origin);
  }

  /** Rooms that somebody made or joined, newest first. */
  async myRooms(principal: SessionPrincipal): Promise<VideoRoom[]> {
    const { services, address, origin } = this.#call;
    const query = { limit: MY_ROOMS_LIMIT, offset: 0, mine: true };
    const rooms = await services.rooms.list({ principal, address }, query);
    return rooms.map((room) => roomToWire(room, origin));
  }

  /** Those that somebody may see, newest first. */
  async recordings(principal: SessionPrincipal, limit: number): Promise<Recording[]> {
    const { services, address } = this.#call;
    const caller = { principal, address, browser_id: await browserIdOf(this.#req) };
    return await services.recordings.list(caller, { limit, offset: 0 });
  }
}

/** Cookies for any page; a page is shown also when the database is away. */
export async function keepingSignedIn(req: Request): Promise<string[]> {
  try {
    const { principal } = await identify(req);
    return principal === null ? [] : await prolongingCookies(req, principal);
  } catch (error) {
    toAppError(error, req);
    return [];
  }
}

export function publicUser({ user_id, user_name, kind }: SessionPrincipal): PublicUser {
  return { user_id, user_name, is_guest: kind === "guest" };
}

/** 303: whatever the method was, look there. */
export function seeOther(path: string, cookies: readonly string[] = []): Response {
  const headers = new Headers({ location: path });
  for (const cookie of cookies) headers.append("set-cookie", cookie);
  return new Response(null, { status: 303, headers });
}

/** A path of our own to go on to; anything that could lead elsewhere becomes the home page. */
export function safePath(path: string | null): string {
  return path !== null && /^\/(?![/\\])/.test(path) ? path : "/";
}

/**
 * `?lang=` on any page: remembers the language and returns to the page without it. Null when the
 * request asks for no language.
 */
export function switchLanguage(req: Request): Response | null {
  const url = new URL(req.url);
  const locale = url.searchParams.get("lang");
  if (!isLocale(locale)) return null;
  url.searchParams.delete("lang");
  const cookie = writeCookie({
    name: LOCALE_COOKIE,
    value: locale,
    maxAgeSeconds: LOCALE_COOKIE_SECONDS,
    secure: isHttps(req),
  });
  return seeOther(safePath(url.pathname + url.search), [cookie]);
}

export interface PageError {
  code: ErrorCode;
  status: number;
  headers: Record<string, string>;
}

/** What an error page says: the code and nothing else of the error. Unknown failures are logged. */
export function pageError(error: unknown, req: Request): PageError {
  const { code, retryAfterSeconds } = isAppError(error) ? error : fromFramework(error, req);
  const headers: Record<string, string> = {};
  if (retryAfterSeconds !== undefined) headers["retry-after"] = String(retryAfterSeconds);
  if (code === "METHOD_NOT_ALLOWED") headers.allow = "GET, HEAD";
  return { code, status: ERROR_STATUS[code], headers };
}

/** Fresh's own errors carry a status. */
function fromFramework(error: unknown, req: Request): AppError {
  const status = error instanceof Error && "status" in error ? error.status : undefined;
  if (status === 404) return new AppError("NOT_FOUND");
  if (status === 405) return new AppError("METHOD_NOT_ALLOWED");
  return toAppError(error, req);
}
