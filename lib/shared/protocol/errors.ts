/**
 * Error codes of the REST API and of `error` events, with their HTTP status
 * (video-api.ru.md, "Обработка ошибок"). Their words live in the i18n catalogs under `error.<code>`.
 */
export const ERROR_STATUS = {
  VALIDATION_ERROR: 400,
  MALFORMED_JSON: 400,
  UNAUTHORIZED: 401,
  INVALID_PASSWORD: 401,
  INVALID_CREDENTIALS: 401,
  SESSION_EXPIRED: 401,
  GUEST_LINK_INVALID: 401,
  FORBIDDEN: 403,
  FOREIGN_ORIGIN: 403,
  GUESTS_NOT_ALLOWED: 403,
  /** Somebody in the waiting room, or who has not knocked yet. */
  WAITING: 403,
  ROOM_LOCKED: 403,
  BANNED: 403,
  NOT_FOUND: 404,
  ROOM_NOT_FOUND: 404,
  PARTICIPANT_NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  CONFLICT: 409,
  ROOM_FULL: 409,
  ROOM_INACTIVE: 410,
  GUEST_LINK_EXPIRED: 410,
  PAYLOAD_TOO_LARGE: 413,
  TOO_MANY_REQUESTS: 429,
  INTERNAL_ERROR: 500,
  UNAVAILABLE: 503,
} as const;

export type ErrorCode = keyof typeof ERROR_STATUS;

/** Body of every error answer: `{detail, error_code, …facts}`. */
export interface ErrorBody {
  detail: string;
  error_code: ErrorCode;
  [fact: string]: unknown;
}
