/** Says in words what a schema accepts. */
import { z } from "zod";
import { code, table } from "./markdown.ts";

export type JsonSchema = z.core.JSONSchema.BaseSchema;

/** What has to be sent (`input`) or what is answered (`output`), as JSON Schema. */
export function jsonSchemaOf(schema: z.ZodType, io: "input" | "output"): JsonSchema {
  return z.toJSONSchema(schema, { io, unrepresentable: "any" });
}

/** Shapes that have a name of their own, by what they would be written out as. */
const NAMED = new Map<string, string>();

/** From now on `typeText` says the name of this shape. */
export function nameShape(name: string, schema: z.ZodType): void {
  NAMED.set(objectText(jsonSchemaOf(schema, "output")), name);
}

/** As TypeScript would write it: `{ muted: boolean }`. */
export function typeText(schema: JsonSchema): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((word) => JSON.stringify(word)).join(" | ");
  if (schema.anyOf) return schema.anyOf.map(asSchema).map(typeText).join(" | ");
  if (schema.type === "array") return arrayText(typeText(asSchema(schema.items)));
  if (schema.type === "object") return NAMED.get(objectText(schema)) ?? objectText(schema);
  return [schema.type ?? "any"].flat().join(" | ");
}

function arrayText(item: string): string {
  return item.includes(" | ") ? `(${item})[]` : `${item}[]`;
}

function objectText(schema: JsonSchema): string {
  const fields = Object.entries(schema.properties ?? {}).map(([name, field]) =>
    `${name}${isRequired(schema, name) ? "" : "?"}: ${typeText(asSchema(field))}`
  );
  return `{ ${fields.join(", ")} }`;
}

/** JSON Schema allows `true` where anything goes. */
function asSchema(schema: unknown): JsonSchema {
  return typeof schema === "object" && schema !== null ? schema as JsonSchema : {};
}

function isRequired(schema: JsonSchema, name: string): boolean {
  return schema.required?.includes(name) ?? false;
}

const MAX = Number.MAX_SAFE_INTEGER;

/** Limits and default of a field: `2 to 50, default 50`. */
export function boundsText(schema: JsonSchema): string {
  const bounded = schema.anyOf?.map(asSchema).find((each) => each.type !== "null") ?? schema;
  const words: string[] = [];
  const { minLength, maxLength, maxItems, format, pattern } = bounded;
  // Every integer is bounded by what a double can count; that is not worth a word.
  const said = (bound?: number) =>
    Number.isSafeInteger(bound) && Math.abs(bound!) < MAX ? bound : undefined;
  const [minimum, maximum] = [said(bounded.minimum), said(bounded.maximum)];
  if (minimum !== undefined && maximum !== undefined) words.push(`${minimum} to ${maximum}`);
  else if (minimum !== undefined) words.push(`at least ${minimum}`);
  else if (maximum !== undefined) words.push(`at most ${maximum}`);
  if (maxLength !== undefined) {
    words.push(`${minLength ? `${minLength} to` : "at most"} ${maxLength} characters`);
  }
  if (maxItems !== undefined) words.push(`at most ${maxItems} items`);
  if (format !== undefined) words.push(format);
  else if (pattern !== undefined) words.push(code(pattern));
  if (schema.default !== undefined) words.push(`default ${code(JSON.stringify(schema.default))}`);
  return words.join(", ");
}

/** One row per field of an object. `meanings` are the comments beside the fields. */
export function fieldTable(schema: JsonSchema, meanings: Readonly<Record<string, string>>): string {
  const rows = Object.entries(schema.properties ?? {}).map(([name, value]) => {
    const field = asSchema(value);
    const optional = isRequired(schema, name) ? "" : "?";
    return [code(name + optional), code(typeText(field)), boundsText(field), meanings[name] ?? ""];
  });
  return table(["Field", "Type", "Bounds, default", "Meaning"], rows);
}
