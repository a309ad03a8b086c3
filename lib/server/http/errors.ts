/** The one place where errors become HTTP answers. */
import { ERROR_STATUS, type ErrorBody, type ErrorCode } from "../../shared/protocol/errors.ts";
import { type Locale, negotiateLocale } from "../../shared/i18n/locale.ts";
import { translate } from "../../shared/i18n/translate.ts";
import { AppError, isAppError } from "../app_error.ts";
import { container } from "../container.ts";
import { isKvFailure } from "../store/kv.ts";
import { requestIdOf } from "./request_id.ts";

/** After a failure of the database. */
const RETRY_SECONDS = 5;

/** Paths whose errors are JSON, not pages. */
const API_PATH = /^\/(api|peerjs|video\/(rooms|recordings|ws))(\/|$)/;

export function isApiPath(pathname: string): boolean {
  return API_PATH.test(pathname);
}

/**
 * `{detail, error_code, …facts}` with its status, in the caller's language. What is not an
 * `AppError` is logged, and answered with a request id and nothing else.
 */
export function errorResponse(error: unknown, req: Request): Response {
  const { code, facts, retryAfterSeconds } = isAppError(error) ? error : toAppError(error, req);
  container().metrics.failure(code);
  const locale = localeOf(req);
  const body = errorBody(code, { locale, facts });
  const response = Response.json(body, { status: ERROR_STATUS[code] });
  for (const [name, value] of headersFor(code, retryAfterSeconds)) {
    response.headers.set(name, value);
  }
  if (code === "RANGE_NOT_SATISFIABLE") {
    response.headers.set("content-range", `bytes */${facts.file_size}`);
  }
  response.headers.set("content-language", locale);
  return response;
}

/** What an error says, over HTTP and in `error` events alike. */
export function errorBody(
  code: ErrorCode,
  { locale, facts = {} }: { locale: Locale; facts?: Readonly<Record<string, unknown>> },
): ErrorBody {
  return { ...facts, detail: translate(locale, `error.${code}`, facts), error_code: code };
}

/** The language switch first, then the browser's wishes, then `DEFAULT_LOCALE`. */
export function localeOf(req: Request): Locale {
  return negotiateLocale(req.headers, container().config.defaultLocale);
}

/** For what is no `AppError`: logged here, and told to nobody. */
export function toAppError(error: unknown, req: Request): AppError {
  const request_id = requestIdOf(req);
  const scope = `${req.method} ${areaOf(new URL(req.url).pathname)}`;
  if (isKvFailure(error)) {
    container().log.write({ event: "store_failed", scope, error, request_id });
    return new AppError("UNAVAILABLE", { request_id }, { retryAfterSeconds: RETRY_SECONDS });
  }
  container().log.write({ event: "failed", scope, error, request_id });
  return new AppError("INTERNAL_ERROR", { request_id });
}

/** The path without what names a room or a person: logs hold no keys to rooms. */
function areaOf(pathname: string): string {
  return pathname.replace(/(\/(?:rooms?|ws))\/[^/]+(\/\d+)?/, "$1/…");
}

function headersFor(code: ErrorCode, retryAfterSeconds?: number): [string, string][] {
  const headers: [string, string][] = [["cache-control", "no-store"]];
  if (ERROR_STATUS[code] === 401) headers.push(["www-authenticate", "Bearer"]);
  if (retryAfterSeconds !== undefined) headers.push(["retry-after", String(retryAfterSeconds)]);
  return headers;
}
