/** Messages, as the catalogs hold them, and how one becomes a sentence. */

/** Forms by plural category (`Intl.PluralRules`); the fact `count` chooses. */
export type PluralMessage =
  & Readonly<Partial<Record<Intl.LDMLPluralRule, string>>>
  & Readonly<{ other: string }>;

export type Message = string | PluralMessage;

/** What goes into the `{placeholders}`. */
export type Facts = Readonly<Record<string, unknown>>;

/**
 * Fills a message in. A placeholder without its fact stays as it is: a visible `{name}` is found
 * sooner than a silent gap.
 */
export function formatMessage(locale: string, message: Message, facts: Facts = {}): string {
  const text = typeof message === "string" ? message : pluralForm(locale, message, facts.count);
  return text.replace(/\{(\w+)\}/g, (placeholder, name: string) => {
    const fact = facts[name];
    if (typeof fact === "number") return new Intl.NumberFormat(locale).format(fact);
    return typeof fact === "string" ? fact : placeholder;
  });
}

function pluralForm(locale: string, message: PluralMessage, count: unknown): string {
  const category = new Intl.PluralRules(locale).select(Number(count ?? 0));
  return message[category] ?? message.other;
}
