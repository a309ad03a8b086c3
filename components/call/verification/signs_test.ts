import assert from "node:assert/strict";
import { en } from "../../../lib/shared/i18n/en.ts";
import { SIGNS } from "./signs.ts";

Deno.test("64 signs, all different, each with a name", () => {
  assert.equal(SIGNS.length, 64);
  assert.equal(new Set(SIGNS.map(({ picture }) => picture)).size, 64);
  assert.deepEqual(SIGNS.map(({ name }) => name).sort(), Object.keys(en.emoji).sort());
});
