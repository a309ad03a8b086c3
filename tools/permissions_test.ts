import assert from "node:assert/strict";
import { flagsFor } from "./permissions.ts";

function flags(environment: Record<string, string>): string[] {
  return flagsFor({ dist: "dist", names: ["PORT"], environment: (name) => environment[name] });
}

Deno.test("by default the server reads its bundle and its data, and writes its data", () => {
  assert.deepEqual(flags({}), [
    "--no-prompt",
    "--allow-net",
    "--allow-read=dist,./data",
    "--allow-write=./data",
    "--allow-env=PORT",
    "--allow-sys=statfs",
  ]);
});

Deno.test("configured places are added, empty variables count as unset", () => {
  const given = flags({
    DATA_DIR: "/d",
    RECORDINGS_DIR: "/r",
    KV_PATH: "/k/kv.sqlite3",
    SSL_CERT_PATH: "/c.pem",
    SSL_KEY_PATH: "",
  });
  assert.ok(given.includes("--allow-read=dist,/d,/r,/k,/c.pem"));
  assert.ok(given.includes("--allow-write=/d,/r,/k"));
});

Deno.test("a comma in a path does not split it", () => {
  assert.ok(flags({ DATA_DIR: "/a,b" }).includes("--allow-write=/a,,b"));
});
