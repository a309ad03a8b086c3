/**
 * This tab remembers that it is in a call, and under which name, so that a reload goes on with it.
 * Where storage is blocked the lobby asks again. A cookie tells the server what to draw meanwhile.
 */
import { STAY_COOKIE } from "../../shared/domain/stay_cookie.ts";

/** A call longer than this shows the lobby for an instant after a reload: no more. */
const COOKIE_SECONDS = 12 * 60 * 60;

const key = (roomCode: string) => `vc.stay.${roomCode}`;

export function rememberStay(roomCode: string, userName: string): void {
  withStorage((storage) => storage.setItem(key(roomCode), userName));
  setCookie(roomCode, COOKIE_SECONDS);
}

/** The name used in the call that was interrupted; null when there was none. */
export function recallStay(roomCode: string): string | null {
  return withStorage((storage) => storage.getItem(key(roomCode))) ?? null;
}

export function forgetStay(roomCode: string): void {
  withStorage((storage) => storage.removeItem(key(roomCode)));
  setCookie(roomCode, 0);
}

function setCookie(roomCode: string, maxAgeSeconds: number): void {
  const path = `/video/room/${roomCode}`;
  document.cookie = `${STAY_COOKIE}=1; Path=${path}; Max-Age=${maxAgeSeconds}; SameSite=Strict`;
}

function withStorage<Value>(use: (storage: Storage) => Value): Value | undefined {
  try {
    return use(sessionStorage);
  } catch {
    // Blocked by the browser's settings, or full.
    return undefined;
  }
}
