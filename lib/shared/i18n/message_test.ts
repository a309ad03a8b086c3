import assert from "node:assert/strict";
import { en } from "./en.ts";
import { formatMessage, type Message } from "./message.ts";
import { ru } from "./ru.ts";
import { messagesFor, translate } from "./translate.ts";
import { createTranslator } from "./translator.ts";

function placeholders(message: Message): Set<string> {
  const texts = typeof message === "string" ? [message] : Object.values(message);
  return new Set(texts.flatMap((text) => [...text.matchAll(/\{\w+\}/g)].map(([found]) => found)));
}

Deno.test("facts fill the placeholders, a missing one stays visible", () => {
  assert.equal(formatMessage("en", "{name} joined", { name: "Ada {x} $&" }), "Ada {x} $& joined");
  assert.equal(formatMessage("en", "{name} joined"), "{name} joined");
});

Deno.test("plurals follow the language", () => {
  const count = (locale: "en" | "ru", number: number) =>
    translate(locale, "call.participant_count", { count: number });
  assert.equal(count("en", 1), "1 person");
  assert.equal(count("en", 2), "2 people");
  assert.deepEqual([1, 2, 5, 11, 21, 22].map((number) => count("ru", number)), [
    "1 участник",
    "2 участника",
    "5 участников",
    "11 участников",
    "21 участник",
    "22 участника",
  ]);
});

Deno.test("both catalogs use the same placeholders", () => {
  for (const [namespace, words] of Object.entries(en)) {
    const russian: Record<string, Message> = ru[namespace as keyof typeof ru];
    for (const [key, message] of Object.entries<Message>(words)) {
      const translated = russian[key];
      assert.ok(translated !== undefined, `${namespace}.${key}`);
      assert.deepEqual(placeholders(translated), placeholders(message), `${namespace}.${key}`);
    }
  }
});

Deno.test("a page gets its own namespaces in its own language", () => {
  const messages = messagesFor("ru", "common", "login");
  assert.deepEqual(Object.keys(messages), ["common", "login"]);
  const t = createTranslator("ru", messages);
  assert.equal(t("login.submit"), "Войти");
});
