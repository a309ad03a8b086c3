import { LanguageSwitch } from "../components/ui/LanguageSwitch.tsx";
import { TopBar } from "../components/ui/TopBar.tsx";
import SignIn from "../islands/SignIn.tsx";
import type { RouteContext } from "../lib/server/http/api.ts";
import { PageCall, safePath, seeOther } from "../lib/server/http/page.ts";
import { messagesFor, translate } from "../lib/shared/i18n/translate.ts";
import { type PageData, SIGN_IN_NAMESPACES } from "../lib/shared/page_props.ts";
import { Page } from "./_page.tsx";

interface Data extends PageData {
  next: string;
}

export const handlers = {
  async GET(context: RouteContext): Promise<Response | { data: Data }> {
    const call = new PageCall(context);
    const next = safePath(new URL(context.req.url).searchParams.get("next"));
    if ((await call.visitor())?.kind === "user") return seeOther(next);
    return { data: { ...call.data, next } };
  },
};

export default function LoginPage({ data: { locale, path, next } }: { data: Data }) {
  return (
    <Page locale={locale} title={translate(locale, "login.page_title")}>
      <div class="mx-auto flex min-h-dvh max-w-6xl flex-col">
        <TopBar name={translate(locale, "common.app_name")}>
          <LanguageSwitch
            locale={locale}
            path={path}
            name={translate(locale, "common.other_language")}
          />
        </TopBar>
        <main class="safe-x safe-bottom mx-auto flex w-full max-w-md grow flex-col justify-center pb-16">
          <h1 class="text-3xl font-bold tracking-tight">{translate(locale, "login.title")}</h1>
          {next.startsWith("/video/room/") && (
            <p class="mt-2 text-muted">{translate(locale, "login.to_room_hint")}</p>
          )}
          <div class="mt-6 rounded-3xl bg-surface p-6 sm:p-8">
            <SignIn
              locale={locale}
              messages={messagesFor(locale, ...SIGN_IN_NAMESPACES)}
              next={next}
            />
          </div>
        </main>
      </div>
    </Page>
  );
}
