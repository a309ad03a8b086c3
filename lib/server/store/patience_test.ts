import assert from "node:assert/strict";
import { Patience } from "./patience.ts";

const LOCKED = new Error("database is locked");

Deno.test("turned away a few times, then let in", async () => {
  let attempts = 0;
  const result = await new Patience(5_000).wait(() => {
    attempts++;
    return attempts < 4 ? Promise.reject(LOCKED) : Promise.resolve("in");
  });
  assert.deepEqual([result, attempts], ["in", 4]);
});

Deno.test("locked for good, or silent: an error in words, in time", async () => {
  const startedAt = performance.now();
  const patience = new Patience(150);
  await assert.rejects(patience.wait(() => Promise.reject(LOCKED)), /stays so/);
  await assert.rejects(patience.wait(() => new Promise(() => {})), /stays so/);
  assert.ok(performance.now() - startedAt < 1_500);
});

Deno.test("other failures are not repeated", async () => {
  let attempts = 0;
  const fail = () => {
    attempts++;
    return Promise.reject(new Error("disk I/O error"));
  };
  await assert.rejects(new Patience(1_000).wait(fail), /disk I\/O/);
  assert.equal(attempts, 1);
});

Deno.test("a database with patience behaves like the database", async () => {
  const plain = await Deno.openKv(":memory:");
  const kv = new Patience(1_000).kv(plain);
  await kv.set(["a"], 1);
  assert.equal((await kv.get(["a"])).value, 1);
  const commit = await kv.atomic().check({ key: ["b"], versionstamp: null }).set(["b"], 2).commit();
  assert.equal(commit.ok, true);
  assert.equal((await kv.atomic().check({ key: ["b"], versionstamp: null }).commit()).ok, false);
  const listed = await Array.fromAsync(kv.list({ prefix: [] }), ({ value }) => value);
  assert.deepEqual(listed, [1, 2]);
  assert.deepEqual((await kv.getMany([["a"], ["b"]])).map(({ value }) => value), [1, 2]);
  kv.close();
});
