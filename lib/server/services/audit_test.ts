import assert from "node:assert/strict";
import { AuditQuery } from "../../shared/protocol/admin_operations.ts";
import { AuditService } from "./audit.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

async function setup() {
  const kv = await Deno.openKv(":memory:");
  const time = { now: Date.parse("2026-01-01T00:00:00Z") };
  const failures: unknown[] = [];
  const log = { write: (event: unknown) => failures.push(event) };
  const audit = new AuditService({ kv, log, clock: () => time.now });
  const list = (query: Record<string, unknown> = {}) => audit.list(AuditQuery.parse(query));
  return { kv, time, failures, audit, list };
}

const ANNA = { kind: "admin", name: "anna" } as const;
const room = (name: string) => ({ kind: "room", id: "1", name }) as const;

Deno.test("newest first, page by page, by action and by name", async () => {
  const { kv, time, audit, list } = await setup();
  for (const name of ["One", "Two", "Three"]) {
    await audit.record({ action: "room_ended", actor: ANNA, target: room(name) });
    time.now += 1_000;
  }
  await audit.record({ action: "keys_rotated", actor: { kind: "cli", name: "" } });
  const names = async (query: Record<string, unknown>) =>
    (await list(query)).items.map(({ target }) => target?.name ?? null);

  assert.deepEqual(await names({}), [null, "Three", "Two", "One"]);
  assert.deepEqual(await names({ limit: "2", offset: "1" }), ["Three", "Two"]);
  assert.equal((await list({ limit: "2", offset: "3" })).total, 4);
  assert.deepEqual(await names({ q: "tWo" }), ["Two"]);
  assert.deepEqual(await names({ q: "ANNA" }), ["Three", "Two", "One"]);
  assert.deepEqual(await names({ action: "keys_rotated" }), [null]);
  kv.close();
});

Deno.test("what is older than half a year is over, whether it was cleaned up or not", async () => {
  const { kv, time, audit, list } = await setup();
  await audit.record({ action: "room_ended", actor: ANNA, target: room("Old") });
  time.now += 179 * DAY_MS;
  assert.equal((await list()).total, 1);
  time.now += 2 * DAY_MS;
  assert.equal((await list()).total, 0);
  kv.close();
});

Deno.test("failed sign-ins become one row per address and door, and a flood one more", async () => {
  const { kv, audit, list } = await setup();
  for (let count = 0; count < 5; count++) audit.signInFailed("access", "192.0.2.1");
  audit.signInFailed("admin", "192.0.2.1");
  const rows = (await list()).items.map(({ address, details: { door, count } }) => {
    return { address, door, count };
  });
  rows.sort((one, other) => Number(other.count) - Number(one.count));
  assert.deepEqual(rows, [
    { address: "192.0.2.1", door: "access", count: 5 },
    { address: "192.0.2.1", door: "admin", count: 1 },
  ]);
  for (let host = 0; host < 1_000; host++) {
    audit.signInFailed("access", `10.0.${host >> 8}.${host}`);
  }
  await audit.flush();
  assert.equal((await list()).total, 2 + 200 + 1);
  kv.close();
});

Deno.test("a log that cannot be written undoes nothing", async () => {
  const { kv, audit, failures } = await setup();
  kv.close();
  await audit.record({ action: "room_ended", actor: ANNA });
  assert.equal(failures.length, 1);
});
