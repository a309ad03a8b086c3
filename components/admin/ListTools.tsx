import { ChevronLeft, ChevronRight, Search, X } from "lucide-preact";
import type { ComponentChildren } from "preact";
import type { Page } from "../../lib/shared/protocol/admin.ts";
import { MAX_SEARCH_CHARS } from "../../lib/shared/protocol/limits.ts";
import { buttonClass, iconButtonClass } from "../ui/Button.tsx";
import { INPUT_CLASS } from "../ui/Field.tsx";
import { addressOf, type Section, type Wishes } from "./addresses.ts";
import type { AdminWords } from "./scene.ts";

interface SearchFormProps {
  t: AdminWords;
  section: Section;
  query: Wishes;
  /** What can be searched for; also the accessible name. */
  label: string;
  /** More wishes, as in a list of choices. */
  children?: ComponentChildren;
}

/** A plain form: works before any script does, and the search has an address of its own. */
export function SearchForm({ t, section, query, label, children }: SearchFormProps) {
  const { q, offset: _offset, limit: _limit, ...kept } = query;
  const isSearch = q !== undefined && q !== "";
  const isElsewhere = children !== undefined;
  return (
    <form
      role="search"
      action={addressOf(section)}
      class="flex flex-wrap items-center gap-2"
      data-testid="admin-search"
    >
      <div class="relative min-w-0 grow basis-64">
        <Search
          class="pointer-events-none absolute top-3.5 left-3.5 size-5 text-muted"
          aria-hidden="true"
        />
        <input
          type="search"
          name="q"
          aria-label={label}
          placeholder={label}
          defaultValue={q === undefined ? "" : String(q)}
          maxLength={MAX_SEARCH_CHARS}
          autocomplete="off"
          spellcheck={false}
          class={`${INPUT_CLASS} truncate pl-11 ${
            isSearch ? "pr-12" : ""
          } [&::-webkit-search-cancel-button]:hidden`}
          data-testid="admin-search-text"
        />
        {isSearch && (
          <a
            href={addressOf(section, { ...query, q: undefined, offset: undefined })}
            class={iconButtonClass("bare", "absolute top-0.5 right-0.5 text-muted")}
            aria-label={t("admin.search_clear")}
          >
            <X class="size-5" aria-hidden="true" />
          </a>
        )}
      </div>
      {children}
      {!isElsewhere && Object.entries(kept).map(([name, value]) =>
        value !== undefined && <input key={name} type="hidden" name={name} value={String(value)} />
      )}
      <button type="submit" class={buttonClass("quiet", "min-h-12")} data-testid="admin-search-go">
        {t("admin.search")}
      </button>
    </form>
  );
}

export interface FilterChoice {
  readonly label: string;
  readonly wishes: Wishes;
}

interface FiltersProps {
  t: AdminWords;
  section: Section;
  query: Wishes;
  choices: readonly FilterChoice[];
}

/** Links that show a part of the list; the search stays. */
export function Filters({ t, section, query, choices }: FiltersProps) {
  const names = [...new Set(choices.flatMap(({ wishes }) => Object.keys(wishes)))];
  const isChosen = ({ wishes }: FilterChoice) =>
    names.every((name) => query[name] === wishes[name]);
  return (
    <nav aria-label={t("admin.filter")} class="flex flex-wrap gap-1">
      {choices.map((choice) => (
        <a
          key={choice.label}
          href={addressOf(section, { q: query.q, ...choice.wishes })}
          aria-current={isChosen(choice) ? "true" : undefined}
          class="flex min-h-11 items-center rounded-xl px-3.5 font-medium text-muted
            hover:bg-ink/8 hover:text-ink aria-[current]:bg-accent-soft
            aria-[current]:font-semibold aria-[current]:text-ink"
        >
          {choice.label}
        </a>
      ))}
    </nav>
  );
}

interface PagerProps {
  t: AdminWords;
  section: Section;
  query: Wishes;
  page: Page<unknown>;
}

/** Which part of the list this is, and the way to the rest. */
export function Pager({ t, section, query, page }: PagerProps) {
  const { items, total, limit, offset } = page;
  if (total <= limit && offset === 0) return null;
  const at = (offset: number) => addressOf(section, { ...query, offset: Math.max(0, offset) });
  return (
    <nav
      aria-label={t("admin.pages")}
      class="flex flex-wrap items-center justify-between gap-3"
      data-testid="admin-pages"
    >
      <p class="text-sm text-muted">
        {items.length > 0 &&
          t("admin.range", { from: offset + 1, to: offset + items.length, total })}
      </p>
      <div class="flex gap-2">
        {offset > 0 && (
          <a href={at(offset - limit)} rel="prev" class={buttonClass("quiet", "pl-3")}>
            <ChevronLeft class="size-5" aria-hidden="true" />
            {t("admin.previous")}
          </a>
        )}
        {offset + items.length < total && (
          <a href={at(offset + limit)} rel="next" class={buttonClass("quiet", "pr-3")}>
            {t("admin.next")}
            <ChevronRight class="size-5" aria-hidden="true" />
          </a>
        )}
      </div>
    </nav>
  );
}

interface EmptyProps {
  t: AdminWords;
  section: Section;
  query: Wishes;
  /** When there is nothing at all, not only nothing that matches. */
  children: ComponentChildren;
}

/** An empty list says why. */
export function Empty({ t, section, query, children }: EmptyProps) {
  const { limit: _limit, ...wishes } = query;
  // A page behind the last one is as empty as a search that finds nothing.
  const isSearch = Object.values(wishes).some((wish) =>
    wish !== undefined && wish !== "" && wish !== 0
  );
  return (
    <div
      class="flex flex-col items-start gap-3 rounded-2xl bg-surface p-5 text-muted"
      data-testid="admin-empty"
    >
      <p>{isSearch ? t("admin.nothing_found") : children}</p>
      {isSearch && (
        <a href={addressOf(section)} class={buttonClass("quiet")}>{t("admin.show_everything")}</a>
      )}
    </div>
  );
}
