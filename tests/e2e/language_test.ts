/** Russian from the first page to the last, by the browser's wish and by the switch. */
import assert from "node:assert/strict";
import { browserTest } from "./harness/stage.ts";
import { attribute, createRoom, find, join, leave, signIn } from "./harness/walks.ts";

const LATIN_WORD = /\b[a-z]{4,}\b/i;
/** The product's name, the other language's name, and what Chromium calls its fake devices. */
const NAMES = /VideoCall|English|fake\w*|default/gi;

browserTest("a Russian browser gets Russian everywhere", async (stage) => {
  const product = await stage.product();
  const anna = await stage.chromium("Анна", { locale: "ru-RU" });
  const words = async () => (await anna.page.locator("body").innerText()).replace(NAMES, "");
  await anna.open(`${product.origin}/`);
  assert.equal(await attribute(anna, { selector: "html", name: "lang" }), "ru");
  await signIn(anna, product);
  await stage.picture(anna, "home_russian");
  assert.doesNotMatch(await words(), LATIN_WORD);
  await createRoom(anna, "Встреча");
  assert.doesNotMatch(await words(), LATIN_WORD);
  await join(anna);
  await anna.page.getByRole("button", { name: "Выключить микрофон" }).waitFor();
  await stage.picture(anna, "call_russian");
  await leave(anna);
  assert.doesNotMatch(await words(), LATIN_WORD);
  await anna.open(`${product.origin}/video/room/ZZZZZZZZ`);
  await find(anna, "error-page");
  assert.doesNotMatch(await words(), LATIN_WORD);
});

browserTest("the switch changes the language and is remembered", async (stage) => {
  const product = await stage.product();
  const ann = await stage.chromium("Ann");
  await ann.open(`${product.origin}/`);
  assert.equal(await attribute(ann, { selector: "html", name: "lang" }), "en");
  await ann.open(`${product.origin}/?lang=ru`);
  assert.equal(await attribute(ann, { selector: "html", name: "lang" }), "ru");
  await ann.open(`${product.origin}/login`);
  assert.equal(await attribute(ann, { selector: "html", name: "lang" }), "ru");
});
