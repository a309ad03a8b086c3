/** Schemas of the wire as JSON Schema 2020-12, with the words of the reference. */
import { z } from "zod";
import { UserName } from "../../shared/protocol/auth.ts";
import { MAX_USER_NAME_GRAPHEMES } from "../../shared/protocol/limits.ts";
import { NAMED_SCHEMAS } from "../../shared/protocol/operations_schemas.ts";
import { TEXTS } from "../../shared/protocol/operations_texts.ts";
import type { JsonSchema, SchemaText } from "../../shared/protocol/operations_view.ts";

const COMPONENTS = "#/components/schemas/";

/** Collects the named schemas that are met on the way. */
export class SchemaWriter {
  readonly components: Record<string, JsonSchema> = {};
  readonly #names = z.registry<{ id?: string } & JsonSchema>();

  constructor() {
    this.#names.add(UserName, {
      minLength: 1,
      description: `1 to ${MAX_USER_NAME_GRAPHEMES} characters, as people count them; none that ` +
        "cannot be seen.",
    });
    for (const { name, schema } of NAMED_SCHEMAS) this.#names.add(schema, { id: name });
  }

  /**
   * What has to be sent (`input`) or what is answered (`output`): a reference where the schema has
   * a name.
   * @throws Error when two schemas go by one name
   */
  write(schema: z.ZodType, io: "input" | "output"): JsonSchema {
    const options = {
      io,
      metadata: this.#names,
      unrepresentable: "any",
      override: ({ jsonSchema }: { jsonSchema: Bounds }) => tidyBounds(jsonSchema, io),
    } as const;
    // Inside another, a named schema becomes a reference; the outermost one never would.
    const written = z.toJSONSchema(z.object({ root: schema }), options) as unknown as Written;
    for (const [name, definition] of Object.entries(written.$defs ?? {})) {
      this.#keep(name, tidy(definition, TEXTS.schemas[name]));
    }
    return tidy(written.properties.root);
  }

  /** As `write`, without a reference for the outermost: for its fields. */
  inline(schema: z.ZodType): JsonSchema {
    const before = new Set(Object.keys(this.components));
    const written = this.write(schema, "input");
    const name = written.$ref?.slice(COMPONENTS.length);
    if (name === undefined) return written;
    const component = this.components[name]!;
    if (!before.has(name)) delete this.components[name];
    return component;
  }

  #keep(name: string, schema: JsonSchema): void {
    const earlier = this.components[name];
    if (earlier !== undefined && JSON.stringify(earlier) !== JSON.stringify(schema)) {
      throw new Error(`${name} is written in two ways: give what is sent another schema`);
    }
    this.components[name] = schema;
  }
}

interface Written {
  properties: { root: JsonSchema };
  $defs?: Record<string, JsonSchema & { id?: string }>;
}

/** Formats whose patterns are hundreds of characters long and tell nobody anything. */
const TELLING_FORMATS: ReadonlySet<string | undefined> = new Set(["date-time", "uuid", "uri"]);

function tidy(raw: JsonSchema & { id?: string }, text?: SchemaText): JsonSchema {
  const { id: _, ...schema } = raw;
  if (text?.text) schema.description ??= text.text;
  if (schema.$ref) schema.$ref = schema.$ref.replace("#/$defs/", COMPONENTS);
  if (TELLING_FORMATS.has(schema.format)) delete schema.pattern;
  const { properties, items, additionalProperties, anyOf, oneOf, allOf } = schema;
  const fields = text && { fields: text.fields };
  if (properties) schema.properties = tidyFields(properties, fields);
  if (items) schema.items = tidy(items, fields);
  if (typeof additionalProperties === "object") {
    schema.additionalProperties = tidy(additionalProperties);
  }
  for (const [name, list] of Object.entries({ anyOf, oneOf, allOf })) {
    if (list) Object.assign(schema, { [name]: list.map((each) => tidy(each, fields)) });
  }
  return schema;
}

function tidyFields(
  properties: Record<string, JsonSchema>,
  text?: SchemaText,
): Record<string, JsonSchema> {
  return Object.fromEntries(
    Object.entries(properties).map(([name, field]) => {
      const tidied = tidy(field, text);
      const meaning = text?.fields[name];
      return [name, meaning === undefined ? tidied : { ...tidied, description: meaning }];
    }),
  );
}

type Bounds = Pick<
  z.core.JSONSchema.BaseSchema,
  "type" | "minimum" | "maximum" | "exclusiveMinimum"
>;

/** That answers hold no integers beyond what a double can count is not worth a word. */
function tidyBounds(schema: Bounds, io: "input" | "output"): void {
  if (io === "output" && schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
  if (schema.type === "integer" && schema.exclusiveMinimum === 0) {
    delete schema.exclusiveMinimum;
    schema.minimum = 1;
  }
}
