import { Reference, type ReferenceProps } from "../../components/reference/Reference.tsx";
import { LanguageSwitch } from "../../components/ui/LanguageSwitch.tsx";
import { TopBar } from "../../components/ui/TopBar.tsx";
import CopyCode from "../../islands/CopyCode.tsx";
import { ApiCall, type RouteContext } from "../../lib/server/http/api.ts";
import { openApiDocument } from "../../lib/server/http/openapi.ts";
import { GENERAL } from "../../lib/server/http/openapi_common.ts";
import { firstSteps } from "../../lib/server/http/openapi_samples.ts";
import { PageCall, switchLanguage } from "../../lib/server/http/page.ts";
import { translate } from "../../lib/shared/i18n/translate.ts";
import type { PageData } from "../../lib/shared/page_props.ts";
import { VARIABLES } from "../../lib/shared/protocol/operations_model.ts";
import { Page } from "../_page.tsx";

type Data = PageData & ReferenceProps;

export const handlers = {
  GET(context: RouteContext): Response | { data: Data } {
    // Below `/api`, where the middleware switches no languages.
    const switched = switchLanguage(context.req);
    if (switched !== null) return switched;
    const { origin } = new ApiCall(context.req, context.params);
    return {
      data: {
        ...new PageCall(context).data,
        document: openApiDocument(origin),
        general: GENERAL,
        variables: VARIABLES,
        firstSteps: firstSteps(origin),
      },
    };
  },
};

export default function ReferencePage({ data }: { data: Data }) {
  const { locale, path, ...shown } = data;
  return (
    <Page locale={locale} title={translate(locale, "reference.page_title")}>
      <div class="mx-auto max-w-7xl">
        <TopBar name={translate(locale, "common.app_name")}>
          <LanguageSwitch
            locale={locale}
            path={path}
            name={translate(locale, "common.other_language")}
          />
        </TopBar>
        <main class="safe-x safe-bottom pb-24" data-testid="reference">
          <Reference locale={locale} {...shown} />
        </main>
      </div>
      <CopyCode copied={translate(locale, "reference.copied")} />
    </Page>
  );
}
