import assert from "node:assert/strict";
import { staleKeys, translationProblem } from "./i18n_check.ts";

Deno.test("keys count as said when written out or made by a template", () => {
  const keys = [
    "call.leave",
    "call.ended_left",
    "call.ended_removed",
    "call.old",
    "error.CONFLICT",
  ];
  const sources = ['t("call.leave")', "t(`call.ended_${end.reason}`)", "t(`error.${code}`)"];
  assert.deepEqual(staleKeys(keys, sources), ["call.old"]);
});

Deno.test("translations fill in the same facts", () => {
  const english = "Hello, {name}";
  assert.equal(
    translationProblem("ru", { english, translated: "Здравствуйте, {name}" }),
    undefined,
  );
  assert.match(translationProblem("ru", { english, translated: "Здравствуйте" })!, /\{name\}/);
});

Deno.test("translations have every plural form of their language", () => {
  const english = { one: "{count} person", other: "{count} people" };
  const translated = { one: "{count} человек", few: "{count} человека", other: "{count} человека" };
  assert.equal(translationProblem("ru", { english, translated }), "lacks the plural many");
  assert.equal(
    translationProblem("ru", { english, translated: { ...translated, many: "{count} человек" } }),
    undefined,
  );
});
