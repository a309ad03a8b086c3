/** `/api/health/` asks the parts; a part that is silent or fails makes it 503 within two seconds. */
import assert from "node:assert/strict";
import { type App, startApp } from "./app.ts";

async function check(app: App) {
  const startedAt = performance.now();
  const { status, body, headers } = await app.ask("GET", "/api/health/");
  const ms = performance.now() - startedAt;
  assert.ok(ms < 2_000, `${ms} ms`);
  return { status, failed: body.failed, retry: headers.get("retry-after") };
}

/** Long enough for the last answer to be forgotten. */
const forget = () => new Promise((resolve) => setTimeout(resolve, 1_100));

Deno.test("healthy, and which part is not", async () => {
  const app = await startApp();
  const { hub } = app.container;
  assert.equal((await check(app)).status, 200);

  app.container.hub = { ...hub, ping: () => new Promise(() => {}) };
  await forget();
  assert.deepEqual(await check(app), { status: 503, failed: ["hub"], retry: "5" });

  app.container.hub = hub;
  await forget();
  assert.equal((await check(app)).status, 200, "it recovers by itself");
  await app.stop();
});

Deno.test("a database that is locked by somebody else is reported in time", async () => {
  const { DatabaseSync } = await import("node:sqlite");
  const app = await startApp();
  const other = new DatabaseSync(`${app.dataDir}/kv.sqlite3`);
  other.exec("BEGIN IMMEDIATE");
  assert.deepEqual(await check(app), { status: 503, failed: ["database"], retry: "5" });
  other.exec("ROLLBACK");
  other.close();
  await forget();
  assert.equal((await check(app)).status, 200);
  await app.stop();
});
