import { LoginHelp } from "../../components/admin/LoginHelp.tsx";
import { LanguageSwitch } from "../../components/ui/LanguageSwitch.tsx";
import { TopBar } from "../../components/ui/TopBar.tsx";
import AdminLogin from "../../islands/AdminLogin.tsx";
import { safeAdminPath } from "../../lib/server/http/admin_page.ts";
import type { RouteContext } from "../../lib/server/http/api.ts";
import { PageCall, seeOther } from "../../lib/server/http/page.ts";
import { identifyAdmin } from "../../lib/server/http/session.ts";
import { ADMIN_LOGIN_NAMESPACES } from "../../lib/shared/admin_page_props.ts";
import { messagesFor, translate } from "../../lib/shared/i18n/translate.ts";
import { createTranslator } from "../../lib/shared/i18n/translator.ts";
import type { PageData } from "../../lib/shared/page_props.ts";
import { Page } from "../_page.tsx";

interface Data extends PageData {
  next: string;
  /** Name of whoever is signed in for calls; null: nobody. */
  userName: string | null;
}

export const handlers = {
  async GET(context: RouteContext): Promise<Response | { data: Data }> {
    const call = new PageCall(context);
    const next = safeAdminPath(new URL(context.req.url).searchParams.get("next"));
    if ((await identifyAdmin(context.req)).admin !== null) return seeOther(next);
    const userName = (await call.visitor())?.user_name ?? null;
    return { data: { ...call.data, next, userName } };
  },
};

export default function AdminLoginPage({ data: { locale, path, next, userName } }: { data: Data }) {
  const messages = messagesFor(locale, ...ADMIN_LOGIN_NAMESPACES);
  const t = createTranslator(locale, messages);
  const title = translate(locale, "admin.login_submit");
  return (
    <Page locale={locale} title={translate(locale, "admin.page_title", { page: title })}>
      <div class="mx-auto flex min-h-dvh max-w-6xl flex-col">
        <TopBar name={translate(locale, "common.app_name")}>
          <LanguageSwitch
            locale={locale}
            path={path}
            name={translate(locale, "common.other_language")}
          />
        </TopBar>
        <main class="safe-x safe-bottom mx-auto flex w-full max-w-md grow flex-col justify-center pt-4 pb-16">
          <h1 class="text-3xl font-bold tracking-tight">
            {translate(locale, "admin.login_title")}
          </h1>
          <p class="mt-2 mb-6 text-muted">{translate(locale, "admin.login_hint")}</p>
          {userName !== null && (
            <p
              class="mb-5 rounded-xl bg-warm-soft px-3.5 py-2.5 text-sm"
              data-testid="admin-other-account"
            >
              {t("admin.login_other_account", { name: userName })}
            </p>
          )}
          <div class="rounded-3xl bg-surface p-6 sm:p-8">
            <AdminLogin locale={locale} messages={messages} next={next} />
          </div>
          <LoginHelp t={t} />
        </main>
      </div>
    </Page>
  );
}
