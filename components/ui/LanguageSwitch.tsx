import { Languages } from "lucide-preact";
import type { Locale } from "../../lib/shared/i18n/locale.ts";
import { buttonClass } from "./Button.tsx";

interface LanguageSwitchProps {
  locale: Locale;
  /** Address of this page without the origin. */
  path: string;
  /** The other language, in its own words. */
  name: string;
}

/** A link to the same page in the other language. */
export function LanguageSwitch({ locale, path, name }: LanguageSwitchProps) {
  const other: Locale = locale === "en" ? "ru" : "en";
  const separator = path.includes("?") ? "&" : "?";
  return (
    <a
      href={`${path}${separator}lang=${other}`}
      hreflang={other}
      lang={other}
      class={buttonClass("bare", "px-3 text-sm")}
      data-testid="language-switch"
    >
      <Languages class="size-4.5" aria-hidden="true" />
      {name}
    </a>
  );
}
