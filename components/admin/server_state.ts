/** What the numbers of the status say to somebody who runs the server. */
import { formatBytes, formatMilliseconds } from "../../lib/shared/i18n/format.ts";
import type { Locale } from "../../lib/shared/i18n/locale.ts";
import type { AdminStatus, IceServerStatus } from "../../lib/shared/protocol/admin_operations.ts";
import type { AdminWords } from "./scene.ts";

export type State = "ok" | "warning" | "bad";

export interface StateRow {
  readonly part: "hub" | "database" | "storage" | "recordings" | "turn" | "stun";
  readonly state: State;
  readonly words: string;
}

interface Tongue {
  readonly t: AdminWords;
  readonly locale: Locale;
}

export function stateRows(status: AdminStatus, tongue: Tongue): StateRow[] {
  const { t } = tongue;
  const hub = status.hub.ok;
  return [
    { part: "hub", state: hub ? "ok" : "bad", words: t(hub ? "admin.hub_ok" : "admin.hub_bad") },
    databaseRow(status.database, tongue),
    storageRow(status.storage, tongue),
    recordingsRow(status.recordings, tongue),
    turnRow(status.ice, t),
    stunRow(status.ice, t),
  ];
}

function databaseRow(
  { ok, write_ms, size_bytes }: AdminStatus["database"],
  { t, locale }: Tongue,
): StateRow {
  const part = "database";
  if (!ok || write_ms === null) return { part, state: "bad", words: t("admin.database_bad") };
  const time = formatMilliseconds(locale, write_ms);
  const words = size_bytes === null
    ? t("admin.database_ok", { time })
    : t("admin.database_ok_size", { time, size: formatBytes(locale, size_bytes) });
  return { part, state: "ok", words };
}

function storageRow(
  { free_bytes, total_bytes, low }: AdminStatus["storage"],
  { t, locale }: Tongue,
): StateRow {
  const part = "storage";
  if (free_bytes === null || total_bytes === null) {
    return { part, state: "warning", words: t("admin.storage_unknown") };
  }
  const facts = { free: formatBytes(locale, free_bytes), total: formatBytes(locale, total_bytes) };
  return low
    ? { part, state: "warning", words: t("admin.storage_low", facts) }
    : { part, state: "ok", words: t("admin.storage_ok", facts) };
}

/** Below this there is hardly any room for another one. */
const SCANT_BYTES = 1024 ** 3;

function recordingsRow(
  { used_bytes, free_bytes, limit_bytes }: AdminStatus["recordings"],
  { t, locale }: Tongue,
): StateRow {
  const part = "recordings";
  if (free_bytes === null) return { part, state: "bad", words: t("admin.recordings_unknown") };
  const left = limit_bytes === null ? free_bytes : Math.min(free_bytes, limit_bytes - used_bytes);
  const free = formatBytes(locale, Math.max(0, left));
  const facts = { used: formatBytes(locale, used_bytes), free };
  return left < SCANT_BYTES
    ? { part, state: "warning", words: t("admin.recordings_full", facts) }
    : { part, state: "ok", words: t("admin.recordings_ok", facts) };
}

function turnRow({ turn_configured, servers }: AdminStatus["ice"], t: AdminWords): StateRow {
  const part = "turn";
  const row = (state: State, words: string): StateRow => ({ part, state, words });
  if (!turn_configured) return row("warning", t("admin.turn_missing"));
  const asked = servers.filter(isAsked("turn"));
  if (asked.length === 0) return row("ok", t("admin.turn_unasked"));
  const reachable = asked.filter((server) => server.reachable);
  if (reachable.length === 0) return row("bad", t("admin.turn_unreachable"));
  if (reachable.some(({ authorized }) => authorized === false)) {
    return row("bad", t("admin.turn_unauthorized"));
  }
  if (reachable.length < asked.length) return row("warning", t("admin.turn_partly"));
  const isWelcome = reachable.every(({ authorized }) => authorized);
  return row("ok", t(isWelcome ? "admin.turn_ok" : "admin.turn_reachable"));
}

function stunRow({ stun_configured, servers }: AdminStatus["ice"], t: AdminWords): StateRow {
  const part = "stun";
  if (!stun_configured) return { part, state: "warning", words: t("admin.stun_missing") };
  const asked = servers.filter(isAsked("stun"));
  const isThere = asked.length === 0 || asked.some((server) => server.reachable);
  return isThere
    ? { part, state: "ok", words: t("admin.stun_ok") }
    : { part, state: "warning", words: t("admin.stun_unreachable") };
}

const isAsked = (kind: IceServerStatus["kind"]) => (server: IceServerStatus): boolean =>
  server.kind === kind && server.reachable !== null;
