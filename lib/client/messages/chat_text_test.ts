import { equal } from "node:assert/strict";
import { MAX_CHAT_BYTES, MAX_CHAT_GRAPHEMES } from "../../shared/protocol/limits.ts";
import { cleanText, isTooLong, readChatBody } from "./chat_text.ts";

Deno.test("text keeps its lines and loses what nobody sees", () => {
  equal(cleanText("  one\r\ntwo\rthree\tfour\u0007\u0000 \n"), "one\ntwo\nthree\tfour");
  equal(cleanText(" \n "), "");
  equal(cleanText("привет 👩‍👩‍👧"), "привет 👩‍👩‍👧");
});

Deno.test("length counts what people count", () => {
  equal(isTooLong("я".repeat(MAX_CHAT_GRAPHEMES)), false);
  equal(isTooLong("я".repeat(MAX_CHAT_GRAPHEMES + 1)), true);
  // Six code points each, one to look at.
  equal(isTooLong("👩‍👩‍👧".repeat(800)), false);
  equal(isTooLong("👩‍👩‍👧".repeat(1_000)), true, "but not without end");
});

Deno.test("what comes from others is text within bounds, or nothing", () => {
  equal(readChatBody({ text: " hello\n" }), "hello");
  equal(readChatBody({ text: "<b>bold</b>" }), "<b>bold</b>");
  const odd = [null, 7, "hello", [], {}, { text: 7 }, { text: "" }, { text: " \n " }];
  for (const body of odd) equal(readChatBody(body), null);
  equal(readChatBody({ text: "x".repeat(MAX_CHAT_BYTES + 1) }), null);
  equal(readChatBody({ text: "x".repeat(MAX_CHAT_GRAPHEMES + 1) }), null);
});
