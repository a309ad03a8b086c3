/** Details of the audit log in words. */
import type { AdminSettingName, AuditEntry } from "../../lib/shared/protocol/admin_operations.ts";
import type { RecordingEnd } from "../../lib/shared/protocol/recordings.ts";
import type { Scene } from "./scene.ts";
import { settingWords } from "./setting_values.ts";

type Value = AuditEntry["details"][string];
type Tongue = Pick<Scene, "t" | "locale">;

const SETTINGS: readonly string[] = Object.keys(
  {
    default_locale: 0,
    guest_link_seconds: 0,
    waiting_room_default: 0,
    resume_grace_seconds: 0,
    join_grace_seconds: 0,
    log_level: 0,
  } satisfies Record<AdminSettingName, 0>,
);

/** One part of a sentence for each detail that says something. */
export function auditFacts(tongue: Tongue, { details }: Pick<AuditEntry, "details">): string[] {
  return Object.entries(details).map(([name, value]) => factWords(tongue, name, value))
    .filter((words) => words !== null);
}

function factWords(tongue: Tongue, name: string, value: Value): string | null {
  const { t } = tongue;
  if (isSetting(name)) {
    const words = value === null
      ? t("admin.fact_as_configured")
      : settingWords(tongue, name, value);
    return `${t(`admin.set_${name}`)}: ${words}`;
  }
  switch (name) {
    case "generated":
      return value ? t("admin.fact_generated") : null;
    case "sessions":
    case "ended_sessions":
      return value === 0 ? null : t("admin.ended_sessions", { count: value });
    case "count":
      return t("admin.fact_attempts", { count: value });
    case "door":
      return t(value === "admin" ? "admin.fact_door_admin" : "admin.fact_door_access");
    case "reason": {
      const end = value as RecordingEnd;
      return t(`admin.fact_ended_${end}`);
    }
    default:
      return value === null ? null : `${name}: ${value}`;
  }
}

function isSetting(name: string): name is AdminSettingName {
  return SETTINGS.includes(name);
}
