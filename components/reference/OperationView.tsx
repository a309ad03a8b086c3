import type { ComponentChildren } from "preact";
import type { Locale } from "../../lib/shared/i18n/locale.ts";
import { translate } from "../../lib/shared/i18n/translate.ts";
import type { ErrorCode } from "../../lib/shared/protocol/errors.ts";
import type {
  JsonSchema,
  MediaType,
  OperationObject,
  ParameterObject,
  ResponseObject,
} from "../../lib/shared/protocol/operations_view.ts";
import { Disclosure } from "../ui/Disclosure.tsx";
import { Code } from "./Code.tsx";
import { FieldList, rowsOf, Type } from "./Fields.tsx";
import { Method } from "./Method.tsx";
import { Prose } from "./Prose.tsx";
import { nameOf } from "./schema_words.ts";

const JSON_TYPE = "application/json";

interface OperationProps {
  locale: Locale;
  method: string;
  path: string;
  operation: OperationObject;
  /** The named ones. */
  schemas: Readonly<Record<string, JsonSchema>>;
}

/** One operation: what it is for on the left, what it looks like on the right. */
export function OperationView({ locale, method, path, operation, schemas }: OperationProps) {
  const { operationId, summary, description, requestBody, responses } = operation;
  const sample = operation["x-codeSamples"][0];
  const [status = "", answer] = Object.entries(responses).find(([code]) => Number(code) < 400) ??
    [];
  return (
    <article
      id={operationId}
      class="grid scroll-mt-4 gap-6 border-t border-line py-8 lg:grid-cols-2 lg:gap-10"
      data-testid="operation"
    >
      <div class="min-w-0">
        <h3 class="text-xl font-bold tracking-tight" lang="en">
          <a href={`#${operationId}`}>{summary}</a>
        </h3>
        <p class="mt-2 flex flex-wrap items-center gap-x-2.5 gap-y-1 font-mono text-sm">
          <Method name={method} />
          <span class="wrap-anywhere">{path}</span>
        </p>
        {description && (
          <p class="mt-3" lang="en">
            <Prose text={description} />
          </p>
        )}
        <p class="mt-3 text-sm text-muted">
          {translate(locale, "reference.who")}:{" "}
          <span class="text-ink">{translate(locale, `reference.who_${operation["x-who"]}`)}</span>
        </p>
        <Parameters locale={locale} operation={operation} />
        {requestBody && (
          <Body locale={locale} content={requestBody.content[JSON_TYPE]} schemas={schemas} />
        )}
        <Errors locale={locale} responses={responses} />
      </div>
      <div class="flex min-w-0 flex-col gap-4">
        {sample && (
          <Code
            title={translate(locale, "reference.request")}
            text={sample.source}
            copy={translate(locale, "reference.copy_code")}
          />
        )}
        {answer && <AnswerView locale={locale} status={status} answer={answer} />}
      </div>
    </article>
  );
}

function Part({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section class="mt-5">
      <h4 class="text-sm font-semibold text-muted">{title}</h4>
      {children}
    </section>
  );
}

function Parameters({ locale, operation }: Pick<OperationProps, "locale" | "operation">) {
  const written = operation.parameters.filter((each): each is ParameterObject => "name" in each);
  const places = [
    ["path", "reference.in_path"],
    ["query", "reference.in_query"],
    ["header", "reference.in_head"],
  ] as const;
  return places.map(([place, title]) => {
    const rows = written.filter((each) => each.in === place)
      .map(({ name, schema, description, required = false }) => ({
        name,
        schema,
        description,
        required,
      }));
    return rows.length > 0 && (
      <Part key={place} title={translate(locale, title)}>
        <FieldList locale={locale} rows={rows} />
      </Part>
    );
  });
}

interface BodyProps extends Pick<OperationProps, "locale" | "schemas"> {
  content?: MediaType;
}

function Body({ locale, content, schemas }: BodyProps) {
  if (content?.schema === undefined) return null;
  const { schema } = content;
  return (
    <Part title={translate(locale, "reference.body")}>
      <FieldList locale={locale} rows={rowsOf(schemas[nameOf(schema) ?? ""] ?? schema)} />
    </Part>
  );
}

function AnswerView(
  { locale, status, answer }: { locale: Locale; status: string; answer: ResponseObject },
) {
  const { description, content } = answer;
  const json = content?.[JSON_TYPE];
  const others = Object.keys(content ?? {}).filter((type) => type !== JSON_TYPE);
  const title = `${translate(locale, "reference.answer")} ${status}`;
  return (
    <div>
      {json && <Code title={title} text={JSON.stringify(json.example, null, 2)} />}
      <p class="mt-2 text-sm text-muted">
        {!json && <span class="font-semibold">{title}:</span>} <span lang="en">{description}.</span>
        {" "}
        {json?.schema && <Type locale={locale} schema={json.schema} />}
        {!json && translate(locale, "reference.no_body")}
        {others.length > 0 &&
          ` ${translate(locale, "reference.other_types", { types: others.join(", ") })}`}
      </p>
    </div>
  );
}

function Errors(
  { locale, responses }: { locale: Locale; responses: OperationObject["responses"] },
) {
  const errors = Object.entries(responses).filter(([status]) => Number(status) >= 400)
    .flatMap(([status, { content }]) =>
      Object.keys(content?.[JSON_TYPE]?.examples ?? {}).map((code) => [status, code] as const)
    );
  return (
    <div class="mt-3 text-sm">
      <Disclosure title={`${translate(locale, "reference.errors")} (${errors.length})`}>
        <dl class="text-sm">
          {errors.map(([status, code]) => (
            <div key={code} class="py-1.5">
              <dt class="flex flex-wrap gap-x-2.5 font-mono">
                <span class="text-muted">{status}</span>
                <a class="wrap-anywhere" href={`#error-${code}`}>{code}</a>
              </dt>
              <dd class="text-muted">{translate(locale, `error.${code as ErrorCode}`)}</dd>
            </div>
          ))}
        </dl>
      </Disclosure>
    </div>
  );
}
