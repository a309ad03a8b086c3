import { deepEqual, equal } from "node:assert/strict";
import { type Content, readContent } from "./content.ts";

Deno.test("what one page writes the other reads", () => {
  const contents: Content[] = [
    { kind: "data", stream: "s", seq: 3, base: 1, id: "s-3", topic: "chat", body: { text: "hi" } },
    { kind: "ack", stream: "s", seq: 0 },
    { kind: "word", topic: "devices", body: null },
    { kind: "signal", signal: { type: "offer" } },
  ];
  for (const content of contents) deepEqual(readContent(JSON.stringify(content)), content);
});

Deno.test("anything else is nothing", () => {
  const data = { kind: "data", stream: "s", seq: 3, base: 1, id: "s-3", topic: "chat", body: 1 };
  const odd: unknown[] = [
    null,
    7,
    "data",
    [],
    {},
    { kind: "spell" },
    { ...data, stream: "" },
    { ...data, stream: "x".repeat(65) },
    { ...data, seq: 0 },
    { ...data, seq: 1.5 },
    { ...data, seq: 2 ** 60 },
    { ...data, seq: "3" },
    { ...data, base: 4 },
    { ...data, id: 3 },
    { ...data, topic: null },
    { kind: "ack", stream: "s", seq: -1 },
    { kind: "ack", seq: 1 },
    { kind: "word" },
  ];
  for (const each of odd) equal(readContent(JSON.stringify(each)), null, JSON.stringify(each));
  for (const text of ["", "{", "undefined"]) equal(readContent(text), null);
});
