import assert from "node:assert/strict";
import { initialsOf } from "./Avatar.tsx";

Deno.test("initials are the first letters of the first and the last word", () => {
  assert.equal(initialsOf("Ada Lovelace"), "AL");
  assert.equal(initialsOf("  anna  maria  petrova "), "AP");
  assert.equal(initialsOf("Юки"), "Ю");
  assert.equal(initialsOf(""), "");
});

Deno.test("a letter may be an emoji of several characters", () => {
  assert.equal(initialsOf("👩‍🚀 Grace"), "👩‍🚀G");
});
