import assert from "node:assert/strict";
import type { AdminStatus } from "../../lib/shared/protocol/admin_operations.ts";
import { messagesFor } from "../../lib/shared/i18n/translate.ts";
import { createTranslator } from "../../lib/shared/i18n/translator.ts";
import { ADMIN_NAMESPACES } from "../../lib/shared/admin_page_props.ts";
import { stateRows } from "./server_state.ts";

const t = createTranslator("en", messagesFor("en", ...ADMIN_NAMESPACES));

function turn(servers: AdminStatus["ice"]["servers"], turn_configured = true) {
  const status = {
    hub: { ok: true, rooms: 0, participants: 0, online: 0 },
    database: { ok: true, kind: "file", write_ms: 1, size_bytes: 1000 },
    storage: { free_bytes: 1, total_bytes: 2, low: false },
    recordings: { used_bytes: 0, free_bytes: 1, limit_bytes: null },
    ice: { stun_configured: true, turn_configured, servers },
  } as unknown as AdminStatus;
  const row = stateRows(status, { t, locale: "en" }).find(({ part }) => part === "turn");
  return [row?.state, row?.words];
}

const relay = {
  url: "turn:relay.example",
  kind: "turn",
  reachable: true,
  round_trip_ms: 3,
  authorized: true,
} as const;

Deno.test("the relay is judged by what it answered", () => {
  assert.deepEqual(turn([relay]), ["ok", t("admin.turn_ok")]);
  assert.deepEqual(turn([], false), ["warning", t("admin.turn_missing")]);
  assert.deepEqual(turn([{ ...relay, authorized: false }]), ["bad", t("admin.turn_unauthorized")]);
  const silent = { ...relay, reachable: false, authorized: null };
  assert.deepEqual(turn([silent]), ["bad", t("admin.turn_unreachable")]);
  assert.deepEqual(turn([relay, silent]), ["warning", t("admin.turn_partly")]);
});

Deno.test("a relay that cannot be asked from here is not called broken", () => {
  const secret = { ...relay, reachable: null, authorized: null };
  assert.deepEqual(turn([secret]), ["ok", t("admin.turn_unasked")]);
  assert.deepEqual(turn([relay, secret]), ["ok", t("admin.turn_ok")]);
});
