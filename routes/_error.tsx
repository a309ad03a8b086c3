import { AsleepFace } from "../components/home/Faces.tsx";
import { buttonClass } from "../components/ui/Button.tsx";
import { TopBar } from "../components/ui/TopBar.tsx";
import type { RouteContext } from "../lib/server/http/api.ts";
import { PageCall, type PageError, pageError, switchLanguage } from "../lib/server/http/page.ts";
import { translate } from "../lib/shared/i18n/translate.ts";
import type { ErrorPageData } from "../lib/shared/page_props.ts";
import type { ErrorCode } from "../lib/shared/protocol/errors.ts";
import { Page } from "./_page.tsx";

interface ErrorContext extends RouteContext {
  error: unknown;
}

export const handlers = {
  /** Fresh comes here with every method. Middleware does not run for unknown addresses. */
  GET(
    context: ErrorContext,
  ): Response | Omit<PageError, "code"> & { data: ErrorPageData } {
    const { code, status, headers } = pageError(context.error, context.req);
    return switchLanguage(context.req) ??
      { data: { ...new PageCall(context).data, code }, status, headers };
  },
};

/** Errors that have words of their own; the rest share some. */
const WORDS = {
  NOT_FOUND: "not_found",
  METHOD_NOT_ALLOWED: "not_found",
  ROOM_NOT_FOUND: "room_not_found",
  ROOM_INACTIVE: "room_inactive",
  ROOM_FULL: "room_full",
  BANNED: "banned",
  FORBIDDEN: "forbidden",
  GUESTS_NOT_ALLOWED: "forbidden",
  TOO_MANY_REQUESTS: "too_many",
} as const satisfies Partial<Record<ErrorCode, string>>;

function wordsFor(code: ErrorCode) {
  return code in WORDS ? WORDS[code as keyof typeof WORDS] : "unknown";
}

export default function ErrorPage({ data: { locale, code } }: { data: ErrorPageData }) {
  const words = wordsFor(code);
  const title = translate(locale, `error_page.${words}_title`);
  return (
    <Page locale={locale} title={translate(locale, "error_page.page_title", { title })}>
      <div class="mx-auto flex min-h-dvh max-w-6xl flex-col">
        <TopBar name={translate(locale, "common.app_name")} />
        <main
          class="safe-x safe-bottom flex grow flex-col items-center justify-center gap-3 pb-24 text-center"
          data-testid="error-page"
          data-code={code}
        >
          <AsleepFace class="mb-6 w-56 max-w-3/5" />
          <h1 class="text-3xl font-bold tracking-tight sm:text-4xl">{title}</h1>
          <p class="max-w-sm text-lg text-balance text-muted">
            {translate(locale, `error_page.${words}_hint`)}
          </p>
          <a href="/" class={buttonClass("primary", "mt-5 min-h-12 px-6")}>
            {translate(locale, "common.to_home")}
          </a>
        </main>
      </div>
    </Page>
  );
}
