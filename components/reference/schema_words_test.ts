import assert from "node:assert/strict";
import { boundsText, nameOf, typeText } from "./schema_words.ts";

Deno.test("types as somebody would write them", () => {
  assert.equal(typeText({ type: "integer" }), "integer");
  assert.equal(typeText({ type: ["string", "null"] }), "string | null");
  assert.equal(typeText({ type: "string", enum: ["en", "ru"] }), '"en" | "ru"');
  assert.equal(typeText({ const: "ok" }), '"ok"');
  assert.equal(typeText({}), "any");
  assert.equal(nameOf({ $ref: "#/components/schemas/VideoRoom" }), "VideoRoom");
});

Deno.test("limits in words", () => {
  assert.equal(boundsText({ minLength: 1, maxLength: 120 }), "1 to 120 characters");
  assert.equal(boundsText({ minimum: 2, maximum: 50 }), "2 to 50");
  assert.equal(boundsText({ maxItems: 16 }), "at most 16 items");
  assert.equal(boundsText({ minimum: 0 }), "at least 0");
  assert.equal(boundsText({ format: "date-time" }), "date-time");
  assert.equal(boundsText({}), "");
});
