import assert from "node:assert/strict";
import { messagesFor } from "../../lib/shared/i18n/translate.ts";
import { createTranslator } from "../../lib/shared/i18n/translator.ts";
import { ROOM_NAMESPACES } from "../../lib/shared/page_props.ts";
import { deviceProblems } from "./problems.ts";

const t = createTranslator("en", messagesFor("en", ...ROOM_NAMESPACES));

Deno.test("one cause for both devices is said once", () => {
  assert.deepEqual(deviceProblems(t, "denied", "denied"), [t("lobby.both_denied")]);
  assert.deepEqual(deviceProblems(t, "not_found", "not_found"), [t("lobby.both_not_found")]);
  assert.deepEqual(deviceProblems(t, "insecure", "insecure"), [t("lobby.insecure")]);
});

Deno.test("different causes are said one by one", () => {
  assert.deepEqual(deviceProblems(t, "busy", "not_found"), [
    t("lobby.camera_busy"),
    t("lobby.microphone_not_found"),
  ]);
  assert.deepEqual(deviceProblems(t, null, null), []);
});
