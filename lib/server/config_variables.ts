/** Every environment variable the server knows: its words, its default, its values. */
import type { z } from "zod";
import {
  DEFAULT_RESUME_GRACE_SECONDS,
  JOIN_GRACE_SECONDS,
  MAX_GRACE_SECONDS,
  MIN_ACCESS_PASSWORD_CHARS,
} from "../shared/protocol/limits.ts";
import { LOCALES } from "../shared/i18n/locale.ts";
import * as value from "./config_values.ts";
import { LOG_LEVELS } from "./observability/log.ts";

export interface Variable<T> {
  readonly description: string;
  /** Text used when the variable is unset or empty; none: the value is null. */
  readonly fallback?: string;
  /** What the documentation shows as the default. */
  readonly shownDefault: string;
  readonly schema: z.ZodType<T, string | undefined>;
}

function variable<T>(description: string, fallback: string, schema: z.ZodType<T, string>) {
  const withFallback = schema.optional().transform((parsed) => parsed as T);
  return { description, fallback, shownDefault: fallback, schema: withFallback } satisfies Variable<
    T
  >;
}

/** Without a value in the environment it is null; `shownDefault` says what happens then. */
function optional<T>(description: string, shownDefault: string, schema: z.ZodType<T, string>) {
  const nullable = schema.optional().transform((parsed) => parsed ?? null);
  return { description, shownDefault, schema: nullable } satisfies Variable<T | null>;
}

export const VARIABLES = {
  PORT: variable("Port to listen on.", "8000", value.integer(0, 65_535)),
  HOST: variable(
    "Address to listen on.",
    "0.0.0.0",
    value.parsed("a host name or an IP address", value.hostName),
  ),
  DATA_DIR: variable("Directory for the database and the secrets.", "./data", value.path),
  ACCESS_PASSWORD: optional(
    `Password people sign in with, at least ${MIN_ACCESS_PASSWORD_CHARS} characters.`,
    "generated at first start and printed once",
    value.password(MIN_ACCESS_PASSWORD_CHARS),
  ),
  PUBLIC_URL: optional(
    "Address people reach the server at, as in https://call.example.com; links are made from it.",
    "taken from each request",
    value.parsed("an origin such as https://call.example.com, without a path", value.origin),
  ),
  DOMAIN_NAME: optional(
    "Short for PUBLIC_URL=https://DOMAIN_NAME.",
    "none",
    value.parsed("a domain name", value.hostName),
  ),
  SSL_CERT_PATH: optional(
    "TLS certificate chain (PEM). With SSL_KEY_PATH the server speaks HTTPS itself.",
    "none",
    value.path,
  ),
  SSL_KEY_PATH: optional("TLS private key (PEM).", "none", value.path),
  WEBRTC_STUN_SERVERS: variable(
    "STUN servers, comma-separated, as in stun:stun.example.com:3478.",
    "",
    value.list("STUN addresses such as stun:stun.example.com:3478", value.stunUrl),
  ),
  WEBRTC_TURN_SERVERS: variable(
    "TURN servers, comma-separated, as in turn:turn.example.com:3478.",
    "",
    value.list("TURN addresses such as turn:turn.example.com:3478?transport=udp", value.turnUrl),
  ),
  WEBRTC_TURN_SECRET: optional(
    "Secret shared with the TURN server (coturn: static-auth-secret) for credentials that expire.",
    "none",
    value.secret(8),
  ),
  WEBRTC_TURN_USERNAME: optional(
    "Fixed TURN user, where there is no shared secret.",
    "none",
    value.parsed("a name", (text) => text),
  ),
  WEBRTC_TURN_CREDENTIAL: optional(
    "Password of the fixed TURN user.",
    "none",
    value.parsed("a password", (text) => text),
  ),
  RECORDINGS_DIR: optional("Directory for recordings.", "DATA_DIR/recordings", value.path),
  MAX_RECORDING_SIZE_MB: variable(
    "Largest recording accepted, in megabytes.",
    "1024",
    value.integer(1, 1_000_000),
  ),
  RECORDINGS_QUOTA_MB: optional(
    "Room for all recordings together, in megabytes.",
    "as much as the disk holds",
    value.integer(1, 1_000_000_000),
  ),
  ENCRYPTION_SALT: optional(
    "Salt of the keys derived from SECRET_KEY.",
    "generated at first start",
    value.secret(8),
  ),
  SECRET_KEY: optional(
    "Secret that sessions and links are signed with; changing it signs everybody out.",
    "generated at first start",
    value.secret(16),
  ),
  KV_PATH: optional("Database file.", "DATA_DIR/kv.sqlite3", value.path),
  DENO_KV_URL: optional(
    "KV Connect address of a shared database, instead of a file.",
    "none",
    value.parsed("a URL such as https://kv.example.com", value.kvConnectUrl),
  ),
  DENO_KV_ACCESS_TOKEN: optional(
    "Access token for DENO_KV_URL; Deno itself reads it.",
    "none",
    value.parsed("a token", (text) => text),
  ),
  DEFAULT_LOCALE: variable(
    "Language for those whose browser asks for neither English nor Russian: en or ru.",
    "en",
    value.oneOf(LOCALES),
  ),
  TRUSTED_PROXIES: variable(
    "Reverse proxies whose X-Forwarded-* headers are believed: addresses or networks.",
    "",
    value.list("addresses or networks such as 10.0.0.0/8", value.network),
  ),
  ALLOWED_HOSTS: variable(
    "Host names the server answers to; .example.com includes subdomains.",
    "",
    value.list("host names such as call.example.com", value.hostPattern),
  ),
  ALLOWED_ORIGINS: variable(
    "Further origins whose pages may open calls here with their visitors' sign-in.",
    "",
    value.list("origins such as https://call.example.com", value.origin),
  ),
  CORS_ALLOWED_ORIGINS: variable(
    "Origins whose pages may call the API with a Bearer token.",
    "",
    value.list("origins such as https://call.example.com", value.origin),
  ),
  METRICS_TOKEN: optional(
    "Bearer token with which a monitoring system reads /api/metrics/, besides administrators.",
    "none",
    value.secret(16),
  ),
  LOG_LEVEL: variable("Least level logged.", "info", value.oneOf(LOG_LEVELS)),
  RESUME_GRACE_SECONDS: variable(
    "How long somebody whose connection broke stays in the room.",
    String(DEFAULT_RESUME_GRACE_SECONDS),
    value.integer(0, MAX_GRACE_SECONDS),
  ),
  JOIN_GRACE_SECONDS: variable(
    "How long a place is held for somebody who joined but has not connected.",
    String(JOIN_GRACE_SECONDS),
    value.integer(1, MAX_GRACE_SECONDS),
  ),
};
