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
  /** Was not let in a moment ago; `Retry-After` says when to ask again. */
  DENIED: 403,
  ROOM_LOCKED: 403,
  /** The room's settings forbid it. */
  RECORDING_DISABLED: 403,
  BANNED: 403,
  /** The room takes only people whose media is encrypted end to end. */
  ENCRYPTION_REQUIRED: 403,
  NOT_FOUND: 404,
  ROOM_NOT_FOUND: 404,
  PARTICIPANT_NOT_FOUND: 404,
  RECORDING_NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  CONFLICT: 409,
  ROOM_FULL: 409,
  /** One runs already, or this one still does. */
  RECORDING_RUNNING: 409,
  RECORDING_NOT_RUNNING: 409,
  /** The file has not come yet. */
  RECORDING_NOT_READY: 409,
  /** The upload stands elsewhere: `upload_offset` says where. */
  UPLOAD_OFFSET_MISMATCH: 409,
  ROOM_INACTIVE: 410,
  GUEST_LINK_EXPIRED: 410,
  /** Not the version of the upload protocol that is spoken here. */
  UPLOAD_VERSION_UNSUPPORTED: 412,
  PAYLOAD_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  RANGE_NOT_SATISFIABLE: 416,
  TOO_MANY_REQUESTS: 429,
  /** As tus has it: what came is not what was announced. */
  CHECKSUM_MISMATCH: 460,
  INTERNAL_ERROR: 500,
  UNAVAILABLE: 503,
  /** No room for that much. */
  STORAGE_FULL: 507,
} as const;

export type ErrorCode = keyof typeof ERROR_STATUS;

/** Body of every error answer: `{detail, error_code, …facts}`. */
export interface ErrorBody {
  detail: string;
  error_code: ErrorCode;
  [fact: string]: unknown;
}
