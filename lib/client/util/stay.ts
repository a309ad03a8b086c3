/**
 * This tab remembers that it is in a call, and under which name, so that a reload goes on with it.
 * Where storage is blocked the lobby asks again.
 */

const key = (roomCode: string) => `vc.stay.${roomCode}`;

export function rememberStay(roomCode: string, userName: string): void {
  withStorage((storage) => storage.setItem(key(roomCode), userName));
}

/** The name used in the call that was interrupted; null when there was none. */
export function recallStay(roomCode: string): string | null {
  return withStorage((storage) => storage.getItem(key(roomCode))) ?? null;
}

export function forgetStay(roomCode: string): void {
  withStorage((storage) => storage.removeItem(key(roomCode)));
}

function withStorage<Value>(use: (storage: Storage) => Value): Value | undefined {
  try {
    return use(sessionStorage);
  } catch {
    // Blocked by the browser's settings, or full.
    return undefined;
  }
}
