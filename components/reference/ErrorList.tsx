import type { Locale } from "../../lib/shared/i18n/locale.ts";
import { translate } from "../../lib/shared/i18n/translate.ts";
import { ERROR_STATUS, type ErrorCode } from "../../lib/shared/protocol/errors.ts";

interface ErrorListProps {
  locale: Locale;
  codes: readonly ErrorCode[];
  /** This is where links to an error lead. */
  named?: boolean;
}

/** Error codes with their status, and what they say to people. */
export function ErrorList({ locale, codes, named = false }: ErrorListProps) {
  return (
    <dl class="divide-y divide-line text-sm">
      {codes.map((code) => (
        <div
          key={code}
          id={named ? `error-${code}` : undefined}
          class="scroll-mt-4 gap-6 py-2.5 lg:grid lg:grid-cols-[18rem_1fr]"
        >
          <dt class="flex gap-x-2.5 font-mono font-semibold">
            <span class="text-muted">{ERROR_STATUS[code]}</span>
            {named ? code : <a href={`#error-${code}`}>{code}</a>}
          </dt>
          <dd>{translate(locale, `error.${code}`)}</dd>
        </div>
      ))}
    </dl>
  );
}
