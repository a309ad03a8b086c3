import { deepEqual, equal } from "node:assert/strict";
import { textParts } from "./links.ts";

const links = (text: string) =>
  textParts(text).filter(({ href }) => href !== undefined).map((part) => part.text);

Deno.test("addresses are found, and the sentence around them is not taken", () => {
  deepEqual(textParts("see https://a.example/x?y=1#z, then go"), [
    { text: "see " },
    { text: "https://a.example/x?y=1#z", href: "https://a.example/x?y=1#z" },
    { text: ", then go" },
  ]);
  deepEqual(links("(https://a.example/b_(c)) and http://b.example."), [
    "https://a.example/b_(c)",
    "http://b.example",
  ]);
  deepEqual(links("«https://пример.рф/путь»!"), ["https://пример.рф/путь"]);
});

Deno.test("whatever is said, no word is lost", () => {
  for (const text of ["", "plain", "https://a.example", "http://", "x https://a https://b y\n"]) {
    equal(textParts(text).map((part) => part.text).join(""), text);
  }
});

Deno.test("nothing but the web becomes a link", () => {
  const odd = [
    "javascript:alert(1)",
    "data:text/html,<script>1</script>",
    "file:///etc/passwd",
    "ftp://a.example",
    "https://",
    "https://name:password@a.example",
    "https://a.example@b.example",
    "xhttps://a.example",
  ];
  for (const text of odd) deepEqual(links(text), [], text);
  deepEqual(textParts('https://a.example/"onclick="x')[0]!.href, "https://a.example/");
});
