import type { Locale } from "../../lib/shared/i18n/locale.ts";
import { translate } from "../../lib/shared/i18n/translate.ts";
import { Disclosure } from "../ui/Disclosure.tsx";

export interface Chapter {
  id: string;
  title: string;
  entries?: readonly { id: string; title: string }[];
}

interface ContentsProps {
  locale: Locale;
  chapters: readonly Chapter[];
}

/** On a desk beside the text; on a phone folded above it. */
export function Contents({ locale, chapters }: ContentsProps) {
  const title = translate(locale, "reference.contents");
  return (
    <nav
      aria-label={title}
      class="text-sm lg:sticky lg:top-0 lg:max-h-dvh lg:overflow-y-auto lg:py-8"
    >
      <div class="rounded-xl border border-line bg-surface px-4 lg:hidden">
        <Disclosure title={title}>
          <Chapters chapters={chapters} />
        </Disclosure>
      </div>
      <div class="hidden lg:block">
        <Chapters chapters={chapters} />
      </div>
    </nav>
  );
}

function Chapters({ chapters }: Pick<ContentsProps, "chapters">) {
  return (
    <ul class="pb-3">
      {chapters.map(({ id, title, entries = [] }) => (
        <li key={id} class="mb-3">
          <a href={`#${id}`} class="flex min-h-9 items-center font-semibold">{title}</a>
          <ul lang="en">
            {entries.map((entry) => (
              <li key={entry.id}>
                <a
                  href={`#${entry.id}`}
                  class="flex min-h-9 items-center text-muted hover:text-ink lg:min-h-7"
                >
                  {entry.title}
                </a>
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  );
}
