import assert from "node:assert/strict";
import { z } from "zod";
import { isAppError } from "../app_error.ts";
import { Ids } from "./ids.ts";
import { isKvFailure, load, loadMany, openKv, transact, update } from "./kv.ts";

const Count = z.object({ count: z.int() });
const KEY = ["counts", 1];

async function withKv(job: (kv: Deno.Kv) => Promise<void>): Promise<void> {
  using kv = await Deno.openKv(":memory:");
  await job(kv);
}

Deno.test("an update that meets another one is done again", () =>
  withKv(async (kv) => {
    await kv.set(KEY, { count: 0 });
    let disturbances = 2;
    const result = await transact(async () => {
      const entry = await kv.get(KEY);
      const { count } = Count.parse(entry.value);
      if (disturbances-- > 0) await kv.set(KEY, { count: count + 10 });
      return { commit: kv.atomic().check(entry).set(KEY, { count: count + 1 }), result: count + 1 };
    });
    assert.equal(result, 21);
    assert.deepEqual(await load(kv, KEY, Count), { count: 21 });
  }));

Deno.test("after three retries it is a conflict", () =>
  withKv(async (kv) => {
    let attempts = 0;
    const stale = transact(() => {
      attempts++;
      const commit = kv.atomic().check({ key: KEY, versionstamp: "0".repeat(20) }).set(KEY, 1);
      return Promise.resolve({ commit, result: 1 });
    });
    await assert.rejects(stale, (error) => isAppError(error) && error.code === "CONFLICT");
    assert.equal(attempts, 4);
  }));

Deno.test("records are judged when they are read", () =>
  withKv(async (kv) => {
    assert.equal(await load(kv, KEY, Count), null);
    assert.equal(await update(kv, KEY, Count, (record) => record), null);
    await kv.set(KEY, { count: "many" });
    await assert.rejects(load(kv, KEY, Count), { name: "ZodError" });
  }));

Deno.test("more keys than one read takes come in order, without the missing", () =>
  withKv(async (kv) => {
    const keys = Array.from({ length: 25 }, (_, index) => ["counts", index]);
    for (const key of keys) if (key[1] !== 13) await kv.set(key, { count: key[1] });
    const counts = (await loadMany(kv, keys, Count)).map(({ count }) => count);
    assert.deepEqual(counts, [...Array(25).keys()].filter((index) => index !== 13));
  }));

Deno.test("ids count up and none is given twice", () =>
  withKv(async (kv) => {
    const ids = new Ids(kv);
    const drawn = await Promise.all(Array.from({ length: 40 }, () => ids.next("room")));
    assert.deepEqual(drawn.sort((a, b) => a - b), Array.from({ length: 40 }, (_, i) => i + 1));
    assert.equal(await ids.next("user"), 1);
    assert.equal(await new Ids(kv).next("room"), 41);
  }));

Deno.test("the directory of the database is made", async () => {
  const directory = await Deno.makeTempDir();
  const kv = await openKv(`${directory}/deep/data/kv.sqlite3`);
  kv.close();
  await Deno.remove(directory, { recursive: true });
});

Deno.test("failures of the database are told from mistakes", () => {
  assert.ok(isKvFailure(new TypeError("database is locked")));
  assert.ok(isKvFailure(new Error("database or disk is full: Error code 13")));
  assert.equal(isKvFailure(new TypeError("Value too large (max 65536 bytes)")), false);
});
