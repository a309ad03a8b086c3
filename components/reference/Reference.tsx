import type { ComponentChildren } from "preact";
import type { Locale } from "../../lib/shared/i18n/locale.ts";
import { translate } from "../../lib/shared/i18n/translate.ts";
import { ERROR_STATUS, type ErrorCode } from "../../lib/shared/protocol/errors.ts";
import type {
  OpenApiDocument,
  OperationObject,
} from "../../lib/shared/protocol/operations_view.ts";
import { Code } from "./Code.tsx";
import { type Chapter, Contents } from "./Contents.tsx";
import { ErrorList } from "./ErrorList.tsx";
import { FieldList, rowsOf, Type } from "./Fields.tsx";
import { OperationView } from "./OperationView.tsx";
import { Prose } from "./Prose.tsx";
import { WebSocketTables } from "./WebSocketTables.tsx";

const ALL_CODES = Object.keys(ERROR_STATUS) as ErrorCode[];

export interface ReferenceProps {
  locale: Locale;
  document: OpenApiDocument;
  /** What holds for every request; backquotes are code. */
  general: readonly string[];
  /** Names that the examples use, with what each stands for. */
  variables: Readonly<Record<string, string>>;
  /** A script to paste. */
  firstSteps: string;
}

interface Listed {
  method: string;
  path: string;
  operation: OperationObject;
}

/** The whole reference, from the document that programs read. */
export function Reference(props: ReferenceProps) {
  const { locale, document } = props;
  const groups = groupsOf(document);
  return (
    <div class="gap-12 lg:grid lg:grid-cols-[15rem_minmax(0,1fr)]">
      <Contents locale={locale} chapters={chaptersOf(locale, groups)} />
      <div class="min-w-0 pt-6 lg:pt-8">
        <Opening {...props} />
        {groups.map(({ name, operations }) => (
          <Section key={name} id={groupId(name)} title={name} english>
            {operations.map((each) => (
              <OperationView
                key={each.operation.operationId}
                locale={locale}
                schemas={document.components.schemas}
                {...each}
              />
            ))}
          </Section>
        ))}
        <Section id="websocket" title={translate(locale, "reference.websocket")}>
          <WebSocketTables locale={locale} protocol={document["x-websocket"]} />
        </Section>
        <Section id="schemas" title={translate(locale, "reference.schemas")}>
          <Schemas locale={locale} document={document} />
        </Section>
        <Section id="errors" title={translate(locale, "reference.all_errors")}>
          <ErrorList locale={locale} codes={ALL_CODES} named />
        </Section>
        <Section id="limits" title={translate(locale, "reference.limits")}>
          <Limits rows={document["x-limits"]} />
        </Section>
      </div>
    </div>
  );
}

function Section(
  { id, title, english = false, children }: {
    id: string;
    title: string;
    english?: boolean;
    children: ComponentChildren;
  },
) {
  return (
    <section id={id} class="scroll-mt-4 pt-12">
      <h2
        class="pb-4 text-2xl font-bold tracking-tight sm:text-3xl"
        lang={english ? "en" : undefined}
      >
        {title}
      </h2>
      {children}
    </section>
  );
}

function Opening({ locale, general, variables, firstSteps }: ReferenceProps) {
  return (
    <>
      <h1 class="text-4xl font-bold tracking-tight sm:text-5xl">
        {translate(locale, "reference.title")}
      </h1>
      <p class="mt-4 max-w-3xl text-lg text-muted">{translate(locale, "reference.intro")}</p>
      <p class="mt-2">
        <a class="font-semibold text-accent underline underline-offset-2" href="/api/openapi.json">
          {translate(locale, "reference.for_programs")}
        </a>
      </p>
      <Section id="first-steps" title={translate(locale, "reference.first_steps")}>
        <Code
          title="Shell"
          text={firstSteps}
          copy={translate(locale, "reference.copy_code")}
          testId="first-steps"
        />
      </Section>
      <Section id="general" title={translate(locale, "reference.general")}>
        <div class="flex max-w-3xl flex-col gap-3" lang="en">
          {general.map((text) => (
            <p key={text}>
              <Prose text={text} />
            </p>
          ))}
        </div>
        <h3 class="mt-6 text-sm font-semibold text-muted">
          {translate(locale, "reference.variables")}
        </h3>
        <dl class="mt-1 divide-y divide-line text-sm" lang="en">
          {Object.entries(variables).map(([name, text]) => (
            <div key={name} class="gap-6 py-2 sm:grid sm:grid-cols-[12rem_1fr]">
              <dt class="font-mono font-semibold">${name}</dt>
              <dd>
                <Prose text={text} />
              </dd>
            </div>
          ))}
        </dl>
      </Section>
    </>
  );
}

function Schemas({ locale, document }: Pick<ReferenceProps, "locale" | "document">) {
  return Object.entries(document.components.schemas).map(([name, schema]) => (
    <article key={name} id={`schema-${name}`} class="scroll-mt-4 border-t border-line py-6">
      <h3 class="text-lg font-bold tracking-tight" lang="en">{name}</h3>
      {schema.description && (
        <p class="mt-1 text-sm text-muted" lang="en">
          <Prose text={schema.description} />
        </p>
      )}
      {schema.properties
        ? <FieldList locale={locale} rows={rowsOf(schema, { marked: !isAnswer(schema) })} />
        : (
          <p class="mt-1 text-sm">
            <Type locale={locale} schema={schema} />
          </p>
        )}
    </article>
  ));
}

/** Answers are closed, and all their fields are there: to say so at each would be noise. */
function isAnswer(schema: { additionalProperties?: unknown }): boolean {
  return schema.additionalProperties === false;
}

function Limits({ rows }: { rows: OpenApiDocument["x-limits"] }) {
  return (
    <dl class="divide-y divide-line text-sm" lang="en">
      {rows.map(({ name, value, meaning }) => (
        <div key={name} class="gap-6 py-2.5 lg:grid lg:grid-cols-[24rem_1fr]">
          <dt class="flex flex-wrap justify-between gap-x-4 font-mono font-semibold wrap-anywhere">
            {name}
            <span class="font-normal">{value}</span>
          </dt>
          <dd>
            <Prose text={meaning} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function groupsOf(document: OpenApiDocument) {
  const listed = Object.entries(document.paths).flatMap(([path, methods]): Listed[] =>
    Object.entries(methods).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      operation,
    }))
  );
  return document.tags.map(({ name }) => ({
    name,
    operations: listed.filter(({ operation }) => operation.tags.includes(name)),
  }));
}

function groupId(name: string): string {
  return name.toLowerCase().replaceAll(" ", "-");
}

function chaptersOf(locale: Locale, groups: ReturnType<typeof groupsOf>): Chapter[] {
  const titled = ["first_steps", "general"] as const;
  const last = ["websocket", "schemas"] as const;
  const own = (key: typeof titled[number] | typeof last[number]) => ({
    id: key.replace("_", "-"),
    title: translate(locale, `reference.${key}`),
  });
  return [
    ...titled.map(own),
    ...groups.map(({ name, operations }) => ({
      id: groupId(name),
      title: name,
      entries: operations.map(({ operation }) => ({
        id: operation.operationId,
        title: operation.summary,
      })),
    })),
    ...last.map(own),
    { id: "errors", title: translate(locale, "reference.all_errors") },
    { id: "limits", title: translate(locale, "reference.limits") },
  ];
}
