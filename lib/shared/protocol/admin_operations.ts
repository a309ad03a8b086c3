/** Administration on the wire: status, audit log, settings and the access password. */
import { z } from "zod";
import { Paging, Search } from "./admin.ts";
import { RecordingStorage } from "./recordings.ts";
import {
  MAX_GRACE_SECONDS,
  MAX_GUEST_LINK_SECONDS,
  MAX_PASSWORD_CHARS,
  MIN_ACCESS_PASSWORD_CHARS,
  MIN_GUEST_LINK_SECONDS,
} from "./limits.ts";

// ── Status ──────────────────────────────────────────────────────────────────────────────────────

/** One STUN or TURN address, asked just now by this server. */
export const IceServerStatus = z.object({
  url: z.string(),
  kind: z.enum(["stun", "turn"]),
  /** Null: the address cannot be asked. */
  reachable: z.boolean().nullable(),
  round_trip_ms: z.number().nullable(),
  /** The relay accepted our credentials. Null: not asked, or not reachable. */
  authorized: z.boolean().nullable(),
});
export type IceServerStatus = z.infer<typeof IceServerStatus>;

/** Answer of `GET /api/admin/status`. */
export const AdminStatus = z.object({
  /** Of the program, and of Deno below it. */
  version: z.string(),
  deno_version: z.string(),
  boot_id: z.string(),
  started_at: z.iso.datetime(),
  uptime_seconds: z.number(),
  server_time: z.iso.datetime(),
  /** Null: taken from each request. */
  public_url: z.string().nullable(),
  https: z.boolean(),
  hub: z.object({
    ok: z.boolean(),
    rooms: z.int(),
    participants: z.int(),
    online: z.int(),
  }),
  database: z.object({
    ok: z.boolean(),
    kind: z.enum(["file", "kv_connect"]),
    /** A write that changes nothing. Null: failed. */
    write_ms: z.number().nullable(),
    /** Null: not a file. */
    size_bytes: z.number().nullable(),
  }),
  storage: z.object({
    /** Null: cannot be told. */
    free_bytes: z.number().nullable(),
    total_bytes: z.number().nullable(),
    /** Less than a tenth, or less than 1 GiB. */
    low: z.boolean(),
  }),
  recordings: RecordingStorage,
  ice: z.object({
    stun_configured: z.boolean(),
    turn_configured: z.boolean(),
    servers: z.array(IceServerStatus),
  }),
  memory: z.object({ rss_bytes: z.number(), heap_used_bytes: z.number() }),
  event_loop_lag_ms: z.number(),
});
export type AdminStatus = z.infer<typeof AdminStatus>;

// ── Audit log ───────────────────────────────────────────────────────────────────────────────────

export const AuditAction = z.enum([
  "admin_created",
  "admin_removed",
  "admin_password_changed",
  "admin_signed_in",
  "admin_signed_out",
  /** Many in one row: `details` has the count, the address and the door. */
  "sign_in_failed",
  "room_ended",
  "guest_link_revoked",
  "ban_lifted",
  "user_signed_out",
  "settings_changed",
  "access_password_changed",
  "keys_rotated",
  "recording_started",
  "recording_stopped",
  "recording_deleted",
]);
export type AuditAction = z.infer<typeof AuditAction>;

/** Row of `GET /api/admin/audit`. */
export const AuditEntry = z.object({
  audit_id: z.string(),
  at: z.iso.datetime(),
  action: AuditAction,
  /** `cli`: at the server's own command line. `system`: the server itself. `user`: of a call. */
  actor: z.object({ kind: z.enum(["admin", "cli", "system", "user"]), name: z.string() }),
  /** Null: by nobody's request. */
  address: z.string().nullable(),
  target: z.object({
    kind: z.enum(["admin", "room", "guest_link", "ban", "user", "server", "recording"]),
    id: z.string(),
    name: z.string(),
  }).nullable(),
  /** Plain facts, as in `{ "log_level": "debug" }`. */
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

/** Query of `GET /api/admin/audit`; newest first. */
export const AuditQuery = z.object({
  ...Paging,
  action: AuditAction.optional(),
  /** In the name of who did it, or of what it was done to. */
  q: Search,
});
export type AuditQuery = z.infer<typeof AuditQuery>;

// ── Settings ────────────────────────────────────────────────────────────────────────────────────

/** What may change while the server runs. */
export const AdminSettings = z.object({
  default_locale: z.enum(["en", "ru"]),
  /** Guest links live this long unless asked otherwise. Seconds. */
  guest_link_seconds: z.int().min(MIN_GUEST_LINK_SECONDS).max(MAX_GUEST_LINK_SECONDS),
  /** Of new rooms whose creator says nothing. */
  waiting_room_default: z.boolean(),
  /** How long somebody whose connection broke stays in the room. */
  resume_grace_seconds: z.int().min(0).max(MAX_GRACE_SECONDS),
  /** How long a place is held for somebody who joined but has not connected. */
  join_grace_seconds: z.int().min(1).max(MAX_GRACE_SECONDS),
  log_level: z.enum(["debug", "info", "warn", "error"]),
});
export type AdminSettings = z.infer<typeof AdminSettings>;
export type AdminSettingName = keyof AdminSettings;

/** Body of `PATCH /api/admin/settings`: any subset; null goes back to the configured value. */
export const UpdateSettings = z.strictObject({
  default_locale: AdminSettings.shape.default_locale.nullable().optional(),
  guest_link_seconds: AdminSettings.shape.guest_link_seconds.nullable().optional(),
  waiting_room_default: AdminSettings.shape.waiting_room_default.nullable().optional(),
  resume_grace_seconds: AdminSettings.shape.resume_grace_seconds.nullable().optional(),
  join_grace_seconds: AdminSettings.shape.join_grace_seconds.nullable().optional(),
  log_level: AdminSettings.shape.log_level.nullable().optional(),
});
export type UpdateSettings = z.infer<typeof UpdateSettings>;

/** Answer of `GET` and `PATCH /api/admin/settings`. */
export const AdminSettingsAnswer = z.object({
  /** In force now. */
  settings: AdminSettings,
  /** In force without changes made here: environment and defaults. */
  configured: AdminSettings,
  /** Names changed here. */
  changed: z.array(z.string()),
  updated_at: z.iso.datetime().nullable(),
  updated_by: z.string().nullable(),
});
export type AdminSettingsAnswer = z.infer<typeof AdminSettingsAnswer>;

// ── Access password ─────────────────────────────────────────────────────────────────────────────

/** Body of `PUT /api/admin/access-password`. */
export const ChangeAccessPassword = z.object({
  /** Left out: one is generated. */
  password: z.string().trim().min(MIN_ACCESS_PASSWORD_CHARS).max(MAX_PASSWORD_CHARS).optional(),
  /** Signs out everybody who signed in with the old one; guests stay. */
  end_sessions: z.boolean().default(false),
});
export type ChangeAccessPassword = z.infer<typeof ChangeAccessPassword>;

/** Answer of `PUT /api/admin/access-password`. */
export const AccessPasswordAnswer = z.object({
  /** Shown this once; null when it was chosen. */
  generated_password: z.string().nullable(),
  /** How many sessions were ended. */
  ended_sessions: z.int().min(0),
});
export type AccessPasswordAnswer = z.infer<typeof AccessPasswordAnswer>;
