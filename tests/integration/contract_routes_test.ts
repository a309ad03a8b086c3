/** Code and reference name the same operations: what is missing on either side is named. */
import assert from "node:assert/strict";
import { OPERATIONS } from "../../lib/shared/protocol/operations.ts";
import { filesBelow } from "../../tools/sources.ts";
import { startApp } from "./app.ts";

/** Pages are `.tsx`; names with an underscore are Fresh's own. */
async function apiRoutes(): Promise<string[]> {
  const files = await Array.fromAsync(filesBelow("routes"));
  return files.filter((file) => /\.ts$/.test(file) && !/_test\.ts$|\/_/.test(file));
}

/** `routes/video/rooms/[code]/index.ts` → `/video/rooms/{}`; parameters have no names here. */
function pathOf(file: string): string {
  const path = file.replace(/^routes/, "").replace(/\.ts$/, "").replace(/\/index$/, "");
  return path.replaceAll(/\[[^\]]+\]/g, "{}");
}

const unnamed = (path: string) => path.replace(/\/$/, "").replaceAll(/\{\w*\}/g, "{}");

Deno.test("every route is in the reference, and the reference has no other", async () => {
  const app = await startApp();
  const routed: string[] = [];
  for (const file of await apiRoutes()) {
    if (file.includes("[...")) continue; // answers 404 to everything
    const { headers } = await app.ask("OPTIONS", pathOf(file).replaceAll("{}", "1"));
    const methods = (headers.get("allow") ?? "").split(", ");
    const own = methods.filter((method) => method !== "HEAD" && method !== "OPTIONS");
    routed.push(...own.map((method) => `${method} ${pathOf(file)}`));
  }
  await app.stop();
  const documented = OPERATIONS.map(({ method, path }) => `${method} ${unnamed(path)}`);
  const without = (some: string[], others: string[]) =>
    some.filter((each) => !others.includes(each)).sort();
  assert.deepEqual({
    "routes that lib/shared/protocol/operations*.ts does not know": without(routed, documented),
    "operations that no route answers": without(documented, routed),
  }, {
    "routes that lib/shared/protocol/operations*.ts does not know": [],
    "operations that no route answers": [],
  });
});

Deno.test("what has no route answers 404 to every method", async () => {
  const app = await startApp();
  for (const file of (await apiRoutes()).filter((name) => name.includes("[..."))) {
    const path = pathOf(file).replace(/\{\}$/, "nothing/here").replaceAll("{}", "1");
    for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]) {
      const { status, body } = await app.ask(method, path);
      assert.equal(`${status} ${body.error_code}`, "404 NOT_FOUND", `${method} ${path}`);
    }
  }
  await app.stop();
});

Deno.test("names are unique, and every parameter of a path is described", () => {
  const ids = OPERATIONS.map(({ id }) => id);
  assert.deepEqual(ids, [...new Set(ids)]);
  for (const { path, params = {} } of OPERATIONS) {
    const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    assert.deepEqual(named, Object.keys(params), path);
  }
});
