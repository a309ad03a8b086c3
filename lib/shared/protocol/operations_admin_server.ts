/** Administration: the server itself. */
import {
  AccessPasswordAnswer,
  AdminSettings,
  AdminSettingsAnswer,
  AdminStatus,
  AuditEntry,
  AuditQuery,
  ChangeAccessPassword,
  UpdateSettings,
} from "./admin_operations.ts";
import { adminList } from "./operations_admin.ts";
import { EXAMPLE_TIME } from "./operations_examples.ts";
import { answer, body, type Operation } from "./operations_model.ts";

const EXAMPLE_SETTINGS: AdminSettings = {
  default_locale: "en",
  guest_link_seconds: 86_400,
  waiting_room_default: false,
  resume_grace_seconds: 30,
  join_grace_seconds: 60,
  log_level: "info",
};

const EXAMPLE_STATUS: AdminStatus = {
  version: "1.0.0",
  deno_version: "2.9.6",
  boot_id: "0d2ff2b5-4f3e-4b57-8d4a-0e4a6f2f8f11",
  started_at: EXAMPLE_TIME,
  uptime_seconds: 3600,
  server_time: "2024-01-01T13:00:00.000Z",
  public_url: "https://call.example.com",
  https: true,
  hub: { ok: true, rooms: 1, participants: 2, online: 2 },
  database: { ok: true, kind: "file", write_ms: 1.2, size_bytes: 1_048_576 },
  storage: { free_bytes: 50_000_000_000, total_bytes: 100_000_000_000, low: false },
  recordings: {
    used_bytes: 1_048_576,
    free_bytes: 50_000_000_000,
    limit_bytes: null,
    max_size_bytes: 1_073_741_824,
  },
  ice: {
    stun_configured: true,
    turn_configured: true,
    servers: [{
      url: "turn:call.example.com:3478",
      kind: "turn",
      reachable: true,
      round_trip_ms: 12,
      authorized: true,
    }],
  },
  memory: { rss_bytes: 120_000_000, heap_used_bytes: 40_000_000 },
  event_loop_lag_ms: 1.5,
};

const EXAMPLE_ANSWER: AdminSettingsAnswer = {
  settings: { ...EXAMPLE_SETTINGS, default_locale: "ru" },
  configured: EXAMPLE_SETTINGS,
  changed: ["default_locale"],
  updated_at: EXAMPLE_TIME,
  updated_by: "root",
};

export const ADMIN_SERVER_OPERATIONS: readonly Operation[] = [
  {
    id: "adminGetStatus",
    group: "Administration",
    method: "GET",
    path: "/api/admin/status",
    summary: "How the server, its storage and its relays are doing",
    who: "admin",
    answers: [
      answer(200, { description: "As found now", schema: AdminStatus, example: EXAMPLE_STATUS }),
    ],
  },
  adminList({
    id: "adminListAudit",
    path: "/api/admin/audit",
    summary: "What was done in the administration, newest first",
    query: AuditQuery,
    example: { action: "settings_changed" },
    item: AuditEntry,
    row: {
      audit_id: "01HKQ4K5S0",
      at: EXAMPLE_TIME,
      action: "settings_changed",
      actor: { kind: "admin", name: "root" },
      address: "203.0.113.7",
      target: { kind: "server", id: "settings", name: "" },
      details: { default_locale: "ru" },
    },
  }),
  {
    id: "adminGetSettings",
    group: "Administration",
    method: "GET",
    path: "/api/admin/settings",
    summary: "Settings that may change while the server runs",
    who: "admin",
    answers: [
      answer(200, {
        description: "Those in force",
        schema: AdminSettingsAnswer,
        example: EXAMPLE_ANSWER,
      }),
    ],
  },
  {
    id: "adminChangeSettings",
    group: "Administration",
    method: "PATCH",
    path: "/api/admin/settings",
    summary: "Change settings",
    details: "Any subset, in force at once. `null` goes back to the configured value.",
    who: "admin",
    body: body(UpdateSettings, { default_locale: "ru" }),
    answers: [
      answer(200, {
        description: "Those in force now",
        schema: AdminSettingsAnswer,
        example: EXAMPLE_ANSWER,
      }),
    ],
    errors: ["CONFLICT"],
  },
  {
    id: "adminChangeAccessPassword",
    group: "Administration",
    method: "PUT",
    path: "/api/admin/access-password",
    summary: "Change the access password",
    details: "Without a `password` one is generated and shown this once.",
    who: "admin",
    body: body(ChangeAccessPassword, { end_sessions: false }),
    answers: [
      answer(200, {
        description: "Changed",
        schema: AccessPasswordAnswer,
        example: { generated_password: "k7fp-w2mn-9dqx", ended_sessions: 0 },
      }),
    ],
  },
];
