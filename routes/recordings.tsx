import { LanguageSwitch } from "../components/ui/LanguageSwitch.tsx";
import { TopBar } from "../components/ui/TopBar.tsx";
import Recordings from "../islands/Recordings.tsx";
import type { RouteContext } from "../lib/server/http/api.ts";
import { PageCall, seeOther } from "../lib/server/http/page.ts";
import { messagesFor, translate } from "../lib/shared/i18n/translate.ts";
import { type PageData, RECORDINGS_NAMESPACES } from "../lib/shared/page_props.ts";
import { MAX_PAGE_LIMIT } from "../lib/shared/protocol/limits.ts";
import type { Recording } from "../lib/shared/protocol/recordings.ts";
import { Page } from "./_page.tsx";

interface Data extends PageData {
  recordings: Recording[];
}

export const handlers = {
  async GET(context: RouteContext): Promise<Response | { data: Data }> {
    const call = new PageCall(context);
    const visitor = await call.visitor();
    if (visitor === null) return seeOther("/login?next=/recordings");
    return { data: { ...call.data, recordings: await call.recordings(visitor, MAX_PAGE_LIMIT) } };
  },
};

export default function RecordingsPage({ data: { locale, path, recordings } }: { data: Data }) {
  return (
    <Page locale={locale} title={translate(locale, "recordings.page_title")}>
      <div class="mx-auto flex min-h-dvh max-w-4xl flex-col">
        <TopBar name={translate(locale, "common.app_name")}>
          <LanguageSwitch
            locale={locale}
            path={path}
            name={translate(locale, "common.other_language")}
          />
        </TopBar>
        <main class="safe-x safe-bottom flex w-full flex-col gap-5 pt-6 pb-16 sm:pt-10">
          <div>
            <h1 class="text-3xl font-bold tracking-tight">
              {translate(locale, "recordings.title")}
            </h1>
            <p class="mt-1 text-muted">{translate(locale, "recordings.hint")}</p>
          </div>
          <Recordings
            locale={locale}
            messages={messagesFor(locale, ...RECORDINGS_NAMESPACES)}
            recordings={recordings}
            hasMore={recordings.length === MAX_PAGE_LIMIT}
          />
        </main>
      </div>
    </Page>
  );
}
