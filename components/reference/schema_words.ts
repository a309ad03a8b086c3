/** What a JSON schema says, in a few words. */
import type { JsonSchema } from "../../lib/shared/protocol/operations_view.ts";

/** The name behind a reference to a schema; undefined: written out on the spot. */
export function nameOf({ $ref }: JsonSchema): string | undefined {
  return $ref?.split("/").at(-1);
}

/** `string`, `"en" | "ru"`, `integer | null`; empty where other words must do. */
export function typeText(schema: JsonSchema): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((word) => JSON.stringify(word)).join(" | ");
  if (schema.properties || schema.type === "object") return "object";
  return [schema.type ?? "any"].flat().join(" | ");
}

/** Limits of a value: `1 to 120 characters`, `2 to 50`. */
export function boundsText(schema: JsonSchema): string {
  const { minLength, maxLength, minItems, maxItems, minimum, maximum, format, pattern } = schema;
  const limits = [
    range(minLength, maxLength, " characters"),
    range(minItems, maxItems, " items"),
    range(minimum, maximum === Number.MAX_SAFE_INTEGER ? undefined : maximum),
    format ?? "",
    pattern === undefined ? "" : `\`${pattern}\``,
  ];
  return limits.filter((text) => text !== "").join(", ");
}

function range(from: number | undefined, to: number | undefined, unit = ""): string {
  if (from !== undefined && to !== undefined) return `${from} to ${to}${unit}`;
  if (from !== undefined) return `at least ${from}${unit}`;
  return to === undefined ? "" : `at most ${to}${unit}`;
}

/** The choices of a schema, flat: `null` beside a type is one of them. */
export function choicesOf(schema: JsonSchema): JsonSchema[] {
  return schema.anyOf ?? schema.oneOf ?? [schema];
}
