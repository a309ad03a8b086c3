/** Parts of the call that come when somebody opens them, each with its own words. */
import type { Locale } from "../../lib/shared/i18n/locale.ts";
import { createTranslator } from "../../lib/shared/i18n/translator.ts";

/** The names of 64 signs come in one language only, and only with the view that shows them. */
export async function loadVerification(locale: Locale) {
  const { VerificationSheet } = await import("./verification/VerificationSheet.tsx");
  const { verification, emoji } = locale === "ru"
    ? await import("../../lib/shared/i18n/ru_protection.ts")
    : await import("../../lib/shared/i18n/en_protection.ts");
  return { Dialog: VerificationSheet, words: createTranslator(locale, { verification, emoji }) };
}

export async function loadQuality(locale: Locale) {
  const { QualitySheet } = await import("./quality/QualitySheet.tsx");
  const { quality_sheet } = locale === "ru"
    ? await import("../../lib/shared/i18n/ru_quality.ts")
    : await import("../../lib/shared/i18n/en_quality.ts");
  return { Dialog: QualitySheet, words: createTranslator(locale, { quality_sheet }) };
}

export async function loadPersonMenu() {
  return (await import("./people/PersonMenu.tsx")).PersonMenu;
}

export async function loadPeoplePanel() {
  return (await import("./people/PeoplePanel.tsx")).PeoplePanel;
}

export async function loadChatPanel() {
  return (await import("./chat/ChatPanel.tsx")).ChatPanel;
}
