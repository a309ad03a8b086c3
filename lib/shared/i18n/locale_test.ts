import assert from "node:assert/strict";
import { negotiateLocale } from "./locale.ts";

const negotiate = (headers: HeadersInit) => negotiateLocale(new Headers(headers), "en");

Deno.test("the chosen language wins over the browser's", () => {
  assert.equal(negotiate({ cookie: "a=b; vc_lang=ru", "accept-language": "en" }), "ru");
  assert.equal(negotiate({ cookie: "vc_lang=xx", "accept-language": "ru" }), "ru");
});

Deno.test("the browser's languages are weighed", () => {
  assert.equal(negotiate({ "accept-language": "ru-RU,ru;q=0.9,en;q=0.8" }), "ru");
  assert.equal(negotiate({ "accept-language": "de, en;q=0.5, ru;q=0.7" }), "ru");
  assert.equal(negotiate({ "accept-language": "ru;q=0, en;q=0.1" }), "en");
});

Deno.test("without a known language the server's own is used", () => {
  assert.equal(negotiate({}), "en");
  assert.equal(negotiate({ "accept-language": "de, *;q=0.5" }), "en");
  assert.equal(negotiate({ "accept-language": ";;;=,q" }), "en");
});
