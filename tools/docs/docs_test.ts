import assert from "node:assert/strict";
import { z } from "zod";
import { commentsIn, declaration } from "./comments.ts";
import { code, replaceGenerated, table } from "./markdown.ts";
import { boundsText, fieldTable, jsonSchemaOf, typeText } from "./schema_text.ts";

const PLACE = "before\n<!-- generated: x -->\nold\n<!-- end of generated -->\nafter\n";

Deno.test("generated parts are replaced and nothing else", () => {
  const result = replaceGenerated(PLACE, { x: () => "new" });
  assert.equal(
    result,
    "before\n<!-- generated: x -->\n\nnew\n\n<!-- end of generated -->\nafter\n",
  );
  assert.equal(replaceGenerated(result, { x: () => "new" }), result);
});

Deno.test("a generated part without a place, or a place without a part, is an error", () => {
  assert.throws(() => replaceGenerated("nothing", { x: () => "new" }), /no place for x/);
  assert.throws(() => replaceGenerated(PLACE, {}), /under the name x/);
});

Deno.test("bars do not end a table's cell", () => {
  assert.equal(code("a | b"), "`a \\| b`");
  assert.equal(table(["H"], [["a | b"]]), "| H |\n| --- |\n| a \\| b |");
});

Deno.test("comments are found above fields and constants", () => {
  const source = `/** Of the module. */
import { z } from "zod";
/**
 * Two
 * lines.
 */
export const A = 1;
export const B = {
  /** A field. */
  field: 1,
  other: 2,
  /** Quoted. */
  "kebab-case": 3,
} as const;
`;
  assert.deepEqual(commentsIn(source), {
    A: "Two lines.",
    field: "A field.",
    "kebab-case": "Quoted.",
  });
  assert.doesNotMatch(declaration(source, "export const A"), /field/);
  assert.throws(() => declaration(source, "export const C"));
});

Deno.test("schemas are told as types with their bounds", () => {
  const schema = jsonSchemaOf(
    z.object({
      name: z.string().min(1).max(9),
      limit: z.int().min(1).max(100).default(20),
      avatar: z.string().nullable(),
      roles: z.array(z.enum(["host", "guest"])).max(3),
      id: z.int().positive(),
    }),
    "input",
  );
  assert.equal(
    typeText(schema),
    `{ name: string, limit?: integer, avatar: string | null, roles: ("host" | "guest")[], id: integer }`,
  );
  const { properties = {} } = schema;
  const bounds = Object.values(properties).map((field) => boundsText(Object(field)));
  assert.deepEqual(bounds, [
    "1 to 9 characters",
    "1 to 100, default `20`",
    "",
    "at most 3 items",
    "",
  ]);
  assert.match(fieldTable(schema, { limit: "How many." }), /`limit\?`.*How many\./);
});
