/** What can be known of the container image without building it. */
import assert from "node:assert/strict";
import { ENV_NAMES } from "../lib/server/config.ts";
import { flagsFor, RUNTIME_FLAGS } from "./permissions.ts";
import { ROOT } from "./sources.ts";

const read = (path: string) => Deno.readTextFile(new URL(path, ROOT));
const dockerfile = await read("Dockerfile");
const compose = await read("compose.yaml");

/** The JSON list of an instruction in exec form. */
function execForm(instruction: string): string[] {
  const found = new RegExp(`^${instruction} (\\[.*\\])$`, "m").exec(dockerfile);
  assert.ok(found, `no ${instruction} in exec form`);
  return JSON.parse(found[1]!);
}

Deno.test("the image runs with the permissions of `deno task start`", () => {
  const environment: Record<string, string> = { DATA_DIR: "/data", SSL_CERT_PATH: "/certs" };
  const place = {
    dist: "/app",
    names: ENV_NAMES,
    environment: (name: string) => environment[name],
  };
  const expected = ["deno", "run", ...RUNTIME_FLAGS, ...flagsFor(place), "/app/main.mjs"];
  assert.deepEqual(execForm("ENTRYPOINT"), expected);
});

Deno.test("the image copies files that are there", async () => {
  const ignored = (await read(".dockerignore")).split("\n");
  const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)]
    .flatMap(([, sources = ""]) => sources.split(" "));
  assert.notEqual(copied.length, 0);
  for (const path of copied) {
    assert.ok(await Deno.stat(new URL(path, ROOT)), path);
    assert.ok(!ignored.includes(path), `${path} is kept out of the build`);
  }
  for (const [, path = ""] of dockerfile.matchAll(/^COPY --from=build \/src\/(tools\S+)/gm)) {
    assert.ok(await Deno.stat(new URL(path, ROOT)), path);
  }
});

Deno.test("the image has the Deno that the project is run with", async () => {
  const [, pinned] = /deno@([\d.]+) task start/.exec(await read("README.md")) ?? [];
  const images = [...dockerfile.matchAll(/^FROM denoland\/deno:(?:\w+-)?([\d.]+)/gm)];
  assert.deepEqual(images.map(([, version]) => version), [pinned, pinned]);
});

Deno.test("compose.yaml sets variables that the server knows", () => {
  assert.doesNotMatch(compose, /\t/, "YAML is indented with spaces");
  const [, block = ""] = /\n {4}environment:\n((?: {6}.*\n)+)/.exec(compose) ?? [];
  const names = [...block.matchAll(/^ {6}(\w+):/gm)].map(([, name]) => name);
  assert.notEqual(names.length, 0);
  const known: readonly (string | undefined)[] = ENV_NAMES;
  assert.deepEqual(names.filter((name) => !known.includes(name)), []);
});
