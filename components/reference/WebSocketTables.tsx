import type { Locale } from "../../lib/shared/i18n/locale.ts";
import { translate } from "../../lib/shared/i18n/translate.ts";
import type {
  CloseCodeText,
  MessageText,
  OpenApiDocument,
} from "../../lib/shared/protocol/operations_view.ts";
import { ErrorList } from "./ErrorList.tsx";
import { Prose } from "./Prose.tsx";

interface TablesProps {
  locale: Locale;
  protocol: OpenApiDocument["x-websocket"];
}

/** The protocol of the WebSocket. */
export function WebSocketTables({ locale, protocol }: TablesProps) {
  return (
    <>
      <p class="mt-3 max-w-3xl">
        <Prose text={translate(locale, "reference.websocket_intro")} />
      </p>
      <p class="mt-3 font-mono text-sm wrap-anywhere">{protocol.address}</p>
      <Messages
        id="commands"
        title={translate(locale, "reference.commands")}
        rows={protocol.commands}
      />
      <Messages id="events" title={translate(locale, "reference.events")} rows={protocol.events} />
      <section id="refusals" class="mt-8 scroll-mt-4">
        <h3 class="pb-2 text-xl font-bold tracking-tight">
          {translate(locale, "reference.refusals")}
        </h3>
        <ErrorList locale={locale} codes={protocol.refusals} />
      </section>
      <CloseCodes locale={locale} rows={protocol.close_codes} />
    </>
  );
}

function Messages(
  { id, title, rows }: { id: string; title: string; rows: readonly MessageText[] },
) {
  return (
    <section id={id} class="mt-8 scroll-mt-4">
      <h3 class="text-xl font-bold tracking-tight">{title}</h3>
      <dl class="mt-2 divide-y divide-line">
        {rows.map(({ type, data, meaning }) => (
          <div key={type} class="gap-6 py-2.5 text-sm lg:grid lg:grid-cols-[14rem_1fr]">
            <dt class="font-mono font-semibold wrap-anywhere">{type}</dt>
            <dd lang="en">
              <p>
                <Prose text={meaning} />
              </p>
              {data !== "" && <p class="font-mono text-xs text-muted wrap-anywhere">{data}</p>}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function CloseCodes({ locale, rows }: { locale: Locale; rows: readonly CloseCodeText[] }) {
  return (
    <section id="close-codes" class="mt-8 scroll-mt-4">
      <h3 class="text-xl font-bold tracking-tight">
        {translate(locale, "reference.close_codes")}
      </h3>
      <dl class="mt-2 divide-y divide-line">
        {rows.map(({ code, name, meaning, final }) => (
          <div key={code} class="gap-6 py-2.5 text-sm lg:grid lg:grid-cols-[14rem_1fr]">
            <dt class="font-mono font-semibold">{code} {name}</dt>
            <dd>
              <span lang="en">
                <Prose text={meaning} />
              </span>{" "}
              <span class="text-muted">
                {translate(locale, final ? "reference.stay_away" : "reference.come_back")}
              </span>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
