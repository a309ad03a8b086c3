/**
 * WebSocket close codes. 4000–4999 is the application's range; the last three digits repeat the
 * HTTP status with the same meaning where there is one.
 */
export const CLOSE_CODE = {
  /** The person left, by button or by closing the page. */
  LEFT: 1000,
  /** The server restarts or is upgraded: come back at once. */
  SERVICE_RESTART: 1012,
  /** A message broke the protocol beyond repair (not JSON, not text). */
  PROTOCOL_ERROR: 4400,
  /** The session or the place in the room is no longer valid. */
  UNAUTHORIZED: 4401,
  /** Removed by a host. */
  REMOVED: 4403,
  /** A host did not let this person in. */
  DENIED: 4406,
  /** Banned by a host. */
  BANNED: 4407,
  /** The same participant connected again elsewhere; the newer one wins. */
  REPLACED: 4409,
  /** The room was ended. */
  ROOM_ENDED: 4410,
  /** A message was larger than `MAX_SOCKET_MESSAGE_BYTES`. */
  MESSAGE_TOO_LARGE: 4413,
  /** Reads too slowly; too much is waiting for it. */
  SLOW_CONSUMER: 4418,
  /** Too many messages in too short a time. */
  RATE_LIMITED: 4429,
} as const;

export type CloseCode = (typeof CLOSE_CODE)[keyof typeof CLOSE_CODE];

/** After these the client must not come back by itself. */
export const FINAL_CLOSE_CODES: ReadonlySet<number> = new Set([
  CLOSE_CODE.LEFT,
  CLOSE_CODE.UNAUTHORIZED,
  CLOSE_CODE.REMOVED,
  CLOSE_CODE.DENIED,
  CLOSE_CODE.BANNED,
  CLOSE_CODE.REPLACED,
  CLOSE_CODE.ROOM_ENDED,
]);
