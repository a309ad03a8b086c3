/** Which language somebody reads. */

export const LOCALES = ["en", "ru"] as const;
export type Locale = (typeof LOCALES)[number];

/** Remembers the choice made with the language switch. */
export const LOCALE_COOKIE = "vc_lang";
export const LOCALE_COOKIE_SECONDS = 365 * 24 * 60 * 60;

export function isLocale(word: unknown): word is Locale {
  return LOCALES.some((locale) => locale === word);
}

/** Of `Headers` only what is needed: shared code knows no DOM. */
interface HeaderSource {
  get(name: string): string | null;
}

/**
 * Cookie first, then `Accept-Language` by its quality values (RFC 9110 section 12.5.4), then
 * `fallback`.
 */
export function negotiateLocale(headers: HeaderSource, fallback: Locale): Locale {
  return cookieLocale(headers.get("cookie")) ??
    acceptedLocale(headers.get("accept-language")) ?? fallback;
}

function cookieLocale(header: string | null): Locale | null {
  for (const pair of header?.split(";") ?? []) {
    const [name, value] = pair.trim().split("=");
    if (name === LOCALE_COOKIE && isLocale(value)) return value;
  }
  return null;
}

function acceptedLocale(header: string | null): Locale | null {
  let best: Locale | null = null;
  let bestQuality = 0;
  for (const item of header?.split(",") ?? []) {
    const [range = "", ...parameters] = item.trim().toLowerCase().split(";");
    const language = range.split("-")[0];
    const weight = parameters.map((each) => each.trim()).find((each) => each.startsWith("q="));
    const quality = weight === undefined ? 1 : Number(weight.slice(2));
    if (isLocale(language) && quality > bestQuality) {
      best = language;
      bestQuality = quality;
    }
  }
  return best;
}
