/** The one error for callers: a code of the protocol, with the facts that explain it. */
import { ERROR_STATUS, type ErrorCode } from "../shared/protocol/errors.ts";

export interface AppErrorOptions {
  /** Sent as `Retry-After`. */
  retryAfterSeconds?: number;
  cause?: unknown;
}

/**
 * Thrown by services, mapped once to an HTTP status or a WebSocket close code. `facts` reach the
 * client, so they must be harmless.
 */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly code: ErrorCode;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly retryAfterSeconds?: number;

  constructor(
    code: ErrorCode,
    facts: Readonly<Record<string, unknown>> = {},
    options: AppErrorOptions = {},
  ) {
    super(code, { cause: options.cause });
    this.code = code;
    this.facts = facts;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

/**
 * Use this instead of `instanceof`: the server and Fresh's renderer are two bundles, each with its
 * own copy of the class, and services thrown by the one are caught by the other.
 */
export function isAppError(error: unknown): error is AppError {
  return error instanceof Error && error.name === "AppError" && "code" in error &&
    typeof error.code === "string" && error.code in ERROR_STATUS;
}
