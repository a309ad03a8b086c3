/** The REST API as the browser uses it: typed calls that never throw. */
import type {
  CreateGuestLink,
  GuestLink,
  GuestLinkAnswer,
  LoginAnswer,
} from "../../shared/protocol/auth.ts";
import type { ErrorBody } from "../../shared/protocol/errors.ts";
import type { Ban } from "../../shared/protocol/moderation.ts";
import type { IceServersAnswer, JoinAnswer } from "../../shared/protocol/participants.ts";
import type { UpdateRoom, VideoRoom } from "../../shared/protocol/rooms.ts";

export type Result<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly error: ErrorBody };

/** No answer at all after this long counts as the network being away. */
const REQUEST_TIMEOUT_MS = 15_000;

/** What the server would say if it could be reached; the page has the words for the code. */
const UNREACHABLE: ErrorBody = { detail: "", error_code: "UNAVAILABLE" };

/** One request; also for the other modules of this room. */
export async function call<Value>(
  method: string,
  path: string,
  body?: unknown,
): Promise<Result<Value>> {
  try {
    const response = await fetch(path, {
      method,
      credentials: "same-origin",
      headers: body === undefined ? {} : { "content-type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
    });
    const value = response.status === 204 ? undefined : await response.json();
    return response.ok ? { ok: true, value } : { ok: false, error: value };
  } catch {
    // Offline, timed out, or something between answered in another language: all mean "away".
    return { ok: false, error: UNREACHABLE };
  }
}

const room = (code: string) => `/video/rooms/${encodeURIComponent(code)}`;
const invitations = (code: string) => `/api/rooms/${encodeURIComponent(code)}`;

export const login = (body: { password: string; user_name: string }) =>
  call<LoginAnswer>("POST", "/api/auth/login", body);

export const logout = () => call<void>("POST", "/api/auth/logout");

export const exchangeGuestToken = (body: { guest_token: string; user_name?: string }) =>
  call<LoginAnswer & { room_code: string }>("POST", "/api/auth/guest", body);

export const createRoom = (body: { room_name: string } & Partial<VideoRoom>) =>
  call<VideoRoom>("POST", "/video/rooms", body);

export const updateRoom = (code: string, changes: UpdateRoom) =>
  call<VideoRoom>("PATCH", room(code), changes);

export const endRoom = (code: string) => call<void>("DELETE", room(code));

export const listBans = (code: string) => call<Ban[]>("GET", `${room(code)}/bans`);

export const unban = (code: string, banId: number) =>
  call<void>("DELETE", `${room(code)}/bans/${banId}`);

export const generateGuestLink = (code: string, wishes: CreateGuestLink = {}) =>
  call<GuestLinkAnswer>("POST", `${invitations(code)}/generate-guest-link`, wishes);

export const listGuestLinks = (code: string) =>
  call<GuestLink[]>("GET", `${invitations(code)}/guest-links`);

export const revokeGuestLink = (code: string, linkId: string) =>
  call<void>("DELETE", `${invitations(code)}/guest-links/${encodeURIComponent(linkId)}`);

export interface JoinWishes {
  user_name?: string;
  is_muted: boolean;
  is_video_enabled: boolean;
  capabilities: string[];
  socket_ticket?: string;
}

export const joinRoom = (code: string, wishes: JoinWishes) =>
  call<JoinAnswer>("POST", `${room(code)}/join`, wishes);

export const iceServers = () => call<IceServersAnswer>("GET", "/api/ice-servers");

/**
 * Says goodbye from a page that is going away; no answer can be awaited there.
 * @returns false when the browser would not take it.
 */
export function leaveOnUnload(code: string): boolean {
  return navigator.sendBeacon(`${room(code)}/leave`);
}
