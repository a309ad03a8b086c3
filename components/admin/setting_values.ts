/** Values of settings, as people read them. */
import { formatDuration } from "../../lib/shared/i18n/format.ts";
import type { Locale } from "../../lib/shared/i18n/locale.ts";
import type { AdminSettingName } from "../../lib/shared/protocol/admin_operations.ts";
import type { AdminWords } from "./scene.ts";

const LANGUAGES: Readonly<Record<string, string>> = { en: "English", ru: "Русский" };
const LOG_LEVELS = ["debug", "info", "warn", "error"] as const;

const HOUR = 60 * 60;
/** What people ask for; another configured value joins them. */
const LINK_SECONDS = [HOUR, 8 * HOUR, 24 * HOUR, 3 * 24 * HOUR, 7 * 24 * HOUR];

interface Tongue {
  readonly t: AdminWords;
  readonly locale: Locale;
}

export function settingWords(
  { t, locale }: Tongue,
  name: AdminSettingName,
  value: unknown,
): string {
  switch (name) {
    case "default_locale":
      return LANGUAGES[String(value)] ?? String(value);
    case "guest_link_seconds":
    case "resume_grace_seconds":
    case "join_grace_seconds":
      return formatDuration(locale, Number(value));
    case "waiting_room_default":
      return t(value ? "admin.yes" : "admin.no");
    case "log_level":
      return t(`admin.log_${String(value) as (typeof LOG_LEVELS)[number]}`);
    default:
      return name satisfies never;
  }
}

export function languageChoices() {
  return Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }));
}

export function linkTimeChoices({ locale }: Pick<Tongue, "locale">, current: number) {
  const all = [...new Set([...LINK_SECONDS, current])].sort((a, b) => a - b);
  return all.map((value) => ({ value, label: formatDuration(locale, value) }));
}

export function logLevelChoices({ t }: Pick<Tongue, "t">) {
  return LOG_LEVELS.map((value) => ({ value, label: t(`admin.log_${value}`) }));
}
