import type { Locale } from "../../lib/shared/i18n/locale.ts";
import { translate } from "../../lib/shared/i18n/translate.ts";
import type { JsonSchema } from "../../lib/shared/protocol/operations_view.ts";
import { Prose } from "./Prose.tsx";
import { boundsText, choicesOf, nameOf, typeText } from "./schema_words.ts";

/** Objects inside objects deeper than this are left to the document for programs. */
const MAX_DEPTH = 3;

/** What a value may be; named schemas are links to where they are described. */
export function Type({ locale, schema }: { locale: Locale; schema: JsonSchema }) {
  return choicesOf(schema).map((choice, index) => (
    <>
      {index > 0 && " | "}
      <Choice locale={locale} schema={choice} />
    </>
  ));
}

function Choice({ locale, schema }: { locale: Locale; schema: JsonSchema }) {
  const name = nameOf(schema);
  if (name !== undefined) {
    return <a class="text-accent underline underline-offset-2" href={`#schema-${name}`}>{name}</a>;
  }
  if (schema.type === "array") {
    return (
      <>
        {translate(locale, "reference.list_of")}{" "}
        <Type locale={locale} schema={schema.items ?? {}} />
      </>
    );
  }
  return typeText(schema);
}

interface FieldRow {
  name: string;
  schema: JsonSchema;
  required: boolean;
  description?: string;
}

/** Rows that read on a phone as well as on a desk. */
export function FieldList(
  { locale, rows, depth = 0 }: { locale: Locale; rows: readonly FieldRow[]; depth?: number },
) {
  return (
    <dl class={depth === 0 ? "divide-y divide-line" : "mt-1 border-l-2 border-line pl-4"}>
      {rows.map((row) => <Field key={row.name} locale={locale} row={row} depth={depth} />)}
    </dl>
  );
}

function Field({ locale, row, depth }: { locale: Locale; row: FieldRow; depth: number }) {
  const { name, schema, required, description = schema.description } = row;
  const inner = schema.items ?? schema;
  const bounds = boundsOf(schema);
  return (
    <div class="py-2.5">
      <dt class="flex flex-wrap items-baseline gap-x-2.5 text-sm">
        <code class="font-mono font-semibold wrap-anywhere">{name}</code>
        <span class="text-muted wrap-anywhere">
          <Type locale={locale} schema={schema} />
        </span>
        {required && (
          <span class="text-xs font-semibold text-danger">
            {translate(locale, "reference.required")}
          </span>
        )}
      </dt>
      <dd class="text-sm text-muted">
        {description !== undefined && (
          <p class="text-ink" lang="en">
            <Prose text={description} />
          </p>
        )}
        {(bounds !== "" || schema.default !== undefined) && (
          <p>
            <span lang="en">
              <Prose text={bounds} />
            </span>
            {schema.default !== undefined && (
              <>
                {bounds !== "" && ", "}
                {translate(locale, "reference.default_value")}{" "}
                <code class="font-mono">{JSON.stringify(schema.default)}</code>
              </>
            )}
          </p>
        )}
        {inner.properties && depth < MAX_DEPTH && (
          <FieldList locale={locale} rows={rowsOf(inner)} depth={depth + 1} />
        )}
      </dd>
    </div>
  );
}

/** Of the one choice that has any. */
function boundsOf(schema: JsonSchema): string {
  return choicesOf(schema).map(boundsText).find((text) => text !== "") ??
    boundsText(schema.items ?? {});
}

/** @param required false where answers are described: there every field is, unless it says so */
export function rowsOf(schema: JsonSchema, { marked = true } = {}): FieldRow[] {
  return Object.entries(schema.properties ?? {}).map(([name, field]) => ({
    name,
    schema: field,
    required: marked && (schema.required?.includes(name) ?? false),
  }));
}
