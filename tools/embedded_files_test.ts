import assert from "node:assert/strict";
import { problemsOf } from "./compile.ts";
import { lists, parseListing } from "./embedded_files.ts";

const OUTPUT = `Compile main.mjs to videocall

Embedded Files

videocall
├── main.mjs (201B)
├─┬ public (42KB)
│ ├── assets/* (40KB)
│ └── favicon.svg (2KB)
└─┬ server (142.84KB)
  ├── _libs/* (134.32KB)
  └── _ssr/ssr.mjs (2.8KB)

Files: 186.12KB
Metadata: 1.38KB
`;

Deno.test("the listing is read with its nested directories", () => {
  const listing = parseListing(OUTPUT);
  assert.deepEqual(listing.entries, [
    "main.mjs",
    "public/assets/*",
    "public/favicon.svg",
    "server/_libs/*",
    "server/_ssr/ssr.mjs",
  ]);
  assert.equal(listing.totalBytes, Math.round(186.12 * 1024));
  assert.ok(lists(listing, "public/assets/islands/Home.js"));
  assert.ok(!lists(listing, "public/other.svg"));
});

Deno.test("output without a listing is an error, not an empty binary", () => {
  assert.throws(() => parseListing("Compile main.mjs\n"));
});

Deno.test("what is foreign, missing or too much is named", () => {
  const listing = parseListing(OUTPUT);
  const program = ["main.mjs", "public/assets/a.js", "public/favicon.svg", "server/_libs/b.mjs"];
  assert.deepEqual(problemsOf(listing, [...program, "server/_ssr/ssr.mjs"]), []);
  assert.deepEqual(problemsOf(listing, [...program, "server/_ssr/home.mjs"]), [
    "server/_ssr/ssr.mjs is embedded, but the program does not need it",
    "server/_ssr/home.mjs is missing",
  ]);
  const huge = { ...listing, totalBytes: 1e9 };
  assert.match(problemsOf(huge, [...program, "server/_ssr/ssr.mjs"]).join(), /budget/);
});
