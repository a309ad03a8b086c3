import Admin from "../../islands/Admin.tsx";
import type { AdminPageData } from "../../lib/server/http/admin_page.ts";
import { ADMIN_NAMESPACES, type AdminView } from "../../lib/shared/admin_page_props.ts";
import type { Locale } from "../../lib/shared/i18n/locale.ts";
import { messagesFor, translate } from "../../lib/shared/i18n/translate.ts";
import { Page } from "../_page.tsx";

/** What every page below /admin looks like; they differ in what they load. */
export function AdminPage({ data }: { data: AdminPageData }) {
  const { locale, path, admin, now, view } = data;
  const title = translate(locale, "admin.page_title", { page: nameOf(locale, view) });
  return (
    <Page locale={locale} title={title}>
      <Admin
        locale={locale}
        messages={messagesFor(locale, ...ADMIN_NAMESPACES)}
        admin={admin}
        path={path}
        now={now}
        view={view}
      />
    </Page>
  );
}

function nameOf(locale: Locale, view: AdminView): string {
  return view.page === "room" ? view.room.room_name : translate(locale, `admin.page_${view.page}`);
}
