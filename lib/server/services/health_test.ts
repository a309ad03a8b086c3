import assert from "node:assert/strict";
import type { AppError } from "../app_error.ts";
import { HealthService } from "./health.ts";
import type { ServiceContext } from "./services.ts";

const LIMIT_MS = 60;
const never = () => new Promise<never>(() => {});

function setup(parts: { ping?: () => Promise<void>; set?: () => Promise<unknown> } = {}) {
  const { ping = () => Promise.resolve(), set = () => Promise.resolve() } = parts;
  const time = { now: 0 };
  const lines: unknown[] = [];
  // Only what a health check asks.
  const context = {
    kv: { set },
    hub: () => ({ ping }),
    log: { write: (line: unknown) => lines.push(line) },
    bootId: "boot",
    clock: () => time.now,
  } as unknown as ServiceContext;
  return { health: new HealthService(context, LIMIT_MS), time, lines };
}

const failing = (...failed: string[]) => (error: AppError) => {
  assert.equal(error.code, "UNAVAILABLE");
  assert.deepEqual(error.facts.failed, failed);
  return true;
};

Deno.test("both answer: healthy", async () => {
  const { status, boot_id } = await setup().health.check();
  assert.deepEqual({ status, boot_id }, { status: "ok", boot_id: "boot" });
});

Deno.test("whoever is silent or fails is named, in time", async () => {
  const startedAt = performance.now();
  await assert.rejects(setup({ ping: never }).health.check(), failing("hub"));
  await assert.rejects(setup({ set: never }).health.check(), failing("database"));
  await assert.rejects(
    setup({ ping: never, set: never }).health.check(),
    failing("hub", "database"),
  );
  const fails = () => Promise.reject(new Error("disk I/O error"));
  await assert.rejects(setup({ set: fails }).health.check(), failing("database"));
  assert.ok(performance.now() - startedAt < LIMIT_MS * 10);
});

Deno.test("asking often writes once a second, and recovers by itself", async () => {
  let writes = 0;
  let broken = true;
  const set = () => {
    writes++;
    return broken ? Promise.reject(new Error("disk I/O error")) : Promise.resolve();
  };
  const { health, time, lines } = setup({ set });
  for (let count = 0; count < 10; count++) await assert.rejects(health.check());
  assert.equal(writes, 1);
  assert.equal(lines.length, 2, "the reason, and the verdict");
  broken = false;
  time.now += 1_000;
  await health.check();
  assert.equal(writes, 2);
});
