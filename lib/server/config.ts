/**
 * The one configuration: every environment variable the server knows, validated together. The only
 * module that reads `Deno.env`.
 */
import type { z } from "zod";
import { DEFAULT_GUEST_LINK_SECONDS } from "../shared/protocol/limits.ts";
import { type Variable, VARIABLES } from "./config_variables.ts";

type Name = keyof typeof VARIABLES;
type Settings = { [K in Name]: z.output<(typeof VARIABLES)[K]["schema"]> };
type Environment = Readonly<Record<string, string | undefined>>;

export interface IceConfig {
  stunUrls: readonly string[];
  turnUrls: readonly string[];
  turnSecret: string | null;
  turnUser: { username: string; credential: string } | null;
}

export interface Config {
  port: number;
  host: string;
  dataDir: string;
  accessPassword: string | null;
  /** `https://host[:port]`; null: taken from each request. */
  publicOrigin: string | null;
  tls: { certPath: string; keyPath: string } | null;
  ice: IceConfig;
  recordingsDir: string;
  maxRecordingBytes: number;
  /** For all recordings together; null: as much as the disk holds. */
  recordingsQuotaBytes: number | null;
  encryptionSalt: string | null;
  secretKey: string | null;
  /** A file, or the URL of KV Connect. */
  kvPath: string;
  defaultLocale: Settings["DEFAULT_LOCALE"];
  trustedProxies: readonly string[];
  /** Empty: any. */
  allowedHosts: readonly string[];
  /** Besides the server's own origin. */
  allowedOrigins: readonly string[];
  corsOrigins: readonly string[];
  /** Lets a monitoring system read `/api/metrics/`. */
  metricsToken: string | null;
  logLevel: Settings["LOG_LEVEL"];
  /** How long guest links live unless asked otherwise. */
  guestLinkSeconds: number;
  /** Of new rooms whose creator says nothing. */
  waitingRoomDefault: boolean;
  resumeGraceSeconds: number;
  joinGraceSeconds: number;
  /** Works, but hardly as meant; said in the log at start. */
  warnings: readonly string[];
}

/** Every mistake at once, one sentence each, naming the variable. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`Cannot start, the configuration has mistakes:\n- ${problems.join("\n- ")}`);
    this.problems = problems;
  }
}

/** Names of all variables, for a narrow `--allow-env`. */
export const ENV_NAMES = Object.keys(VARIABLES) as readonly Name[];

/** The values of the known variables in this process's environment. */
export function readEnvironment(): Environment {
  return Object.fromEntries(ENV_NAMES.map((name) => [name, Deno.env.get(name)]));
}

/** Pure. An empty variable counts as unset. @throws ConfigError */
export function loadConfig(env: Environment): Config {
  const problems: string[] = [];
  const settings = Object.fromEntries(ENV_NAMES.map((name) => {
    const { fallback, schema }: Variable<unknown> = VARIABLES[name];
    const result = schema.safeParse(env[name]?.trim() || fallback);
    if (!result.success) problems.push(`${name} must be ${result.error.issues[0]?.message}.`);
    return [name, result.data];
  })) as Settings;
  problems.push(...contradictions(env));
  if (problems.length > 0) throw new ConfigError(problems);
  return assemble(settings);
}

/** Judged on the text, so that they are reported together with mistakes inside the values. */
function contradictions(env: Environment): string[] {
  const has = (name: Name) => Boolean(env[name]?.trim());
  const problems: string[] = [];
  const together = (one: Name, other: Name) => {
    if (has(one) !== has(other)) {
      const [set, missing] = has(one) ? [one, other] : [other, one];
      problems.push(`${missing} must be set as well, because ${set} is.`);
    }
  };
  const either = (one: Name, other: Name) => {
    if (has(one) && has(other)) problems.push(`${one} and ${other} must not be set both.`);
  };
  together("SSL_CERT_PATH", "SSL_KEY_PATH");
  together("WEBRTC_TURN_USERNAME", "WEBRTC_TURN_CREDENTIAL");
  either("WEBRTC_TURN_SECRET", "WEBRTC_TURN_USERNAME");
  either("KV_PATH", "DENO_KV_URL");
  return problems;
}

function assemble(env: Settings): Config {
  const { WEBRTC_TURN_USERNAME: username, WEBRTC_TURN_CREDENTIAL: credential } = env;
  const { SSL_CERT_PATH: certPath, SSL_KEY_PATH: keyPath } = env;
  return {
    port: env.PORT,
    host: env.HOST,
    dataDir: env.DATA_DIR,
    accessPassword: env.ACCESS_PASSWORD,
    publicOrigin: env.PUBLIC_URL ?? (env.DOMAIN_NAME && `https://${env.DOMAIN_NAME}`),
    tls: certPath && keyPath ? { certPath, keyPath } : null,
    ice: {
      stunUrls: env.WEBRTC_STUN_SERVERS,
      turnUrls: env.WEBRTC_TURN_SERVERS,
      turnSecret: env.WEBRTC_TURN_SECRET,
      turnUser: username && credential ? { username, credential } : null,
    },
    recordingsDir: env.RECORDINGS_DIR ?? `${env.DATA_DIR}/recordings`,
    maxRecordingBytes: env.MAX_RECORDING_SIZE_MB * 1024 * 1024,
    recordingsQuotaBytes: env.RECORDINGS_QUOTA_MB === null
      ? null
      : env.RECORDINGS_QUOTA_MB * 1024 * 1024,
    encryptionSalt: env.ENCRYPTION_SALT,
    secretKey: env.SECRET_KEY,
    kvPath: env.DENO_KV_URL ?? env.KV_PATH ?? `${env.DATA_DIR}/kv.sqlite3`,
    defaultLocale: env.DEFAULT_LOCALE,
    trustedProxies: env.TRUSTED_PROXIES,
    allowedHosts: env.ALLOWED_HOSTS,
    allowedOrigins: env.ALLOWED_ORIGINS,
    corsOrigins: env.CORS_ALLOWED_ORIGINS,
    metricsToken: env.METRICS_TOKEN,
    logLevel: env.LOG_LEVEL,
    guestLinkSeconds: DEFAULT_GUEST_LINK_SECONDS,
    waitingRoomDefault: false,
    resumeGraceSeconds: env.RESUME_GRACE_SECONDS,
    joinGraceSeconds: env.JOIN_GRACE_SECONDS,
    warnings: warningsOf(env),
  };
}

function warningsOf(env: Settings): string[] {
  const hasCredentials = env.WEBRTC_TURN_SECRET !== null || env.WEBRTC_TURN_USERNAME !== null;
  if (env.WEBRTC_TURN_SERVERS.length === 0 || hasCredentials) return [];
  return [
    "WEBRTC_TURN_SERVERS has no credentials: only servers that ask for none will relay. " +
    "Set WEBRTC_TURN_SECRET, or WEBRTC_TURN_USERNAME and WEBRTC_TURN_CREDENTIAL.",
  ];
}

/** For the table in the documentation. */
export function configTable(): { name: string; default: string; description: string }[] {
  return ENV_NAMES.map((name) => {
    const { shownDefault, description }: Variable<unknown> = VARIABLES[name];
    return { name, default: shownDefault, description };
  });
}
