import assert from "node:assert/strict";
import mesh from "../../../tests/fixtures/vectors/mesh_e2ee_v1.json" with { type: "json" };
import { OLD_GENERATION_MS, ReceivedKeys } from "./received_keys.ts";
import { REPLAY_WINDOW, ReplayWindow } from "./replay_window.ts";
import { kidOf, MAX_STEP, newGeneration, ratchet, readKid } from "./sender_key.ts";

const CLOCK = { nowMs: () => 0, setTimeout: () => {} };

Deno.test("key ids and the ratchet give the known answers", async () => {
  const { gen, base_key, kid_step0, kid_step1, ratchet_step1_base_key } = mesh.sender_key;
  const key = { generation: gen, step: 0, baseKey: Uint8Array.fromHex(base_key) };
  assert.equal(kidOf(key), BigInt(kid_step0));
  const next = await ratchet(key);
  assert.equal(kidOf(next), BigInt(kid_step1));
  assert.equal(next.baseKey.toHex(), ratchet_step1_base_key);
  assert.deepEqual(readKid(kidOf(next)), { generation: gen, step: 1 });
});

Deno.test("a receiver follows the ratchet by itself, and a late joiner cannot look back", async () => {
  const first = newGeneration(0);
  const second = await ratchet(first);
  const [member, newcomer] = [new ReceivedKeys(CLOCK), new ReceivedKeys(CLOCK)];
  member.add(first);
  newcomer.add(second);
  assert.ok(await member.find(kidOf(first), 0));
  assert.ok(await member.find(kidOf(second), 0));
  assert.ok(await newcomer.find(kidOf(second), 0));
  assert.equal(await newcomer.find(kidOf(first), 0), null);
});

Deno.test("a new generation needs its key; the old one ends soon after the first frame of it", async () => {
  const keys = new ReceivedKeys(CLOCK);
  const [old, next] = [newGeneration(0), newGeneration(1)];
  keys.add(old);
  assert.ok(await keys.find(kidOf(old), 0));
  keys.used(kidOf(old), 0);
  assert.equal(await keys.find(kidOf(next), 0), null);
  keys.add(next);
  assert.ok(await keys.find(kidOf(next), 0));
  keys.used(kidOf(next), 1_000);
  assert.ok(await keys.find(kidOf(old), 1_000 + OLD_GENERATION_MS - 1));
  assert.equal(await keys.find(kidOf(old), 1_000 + OLD_GENERATION_MS), null);
});

Deno.test("unknown and impossible key ids find nothing", async () => {
  const keys = new ReceivedKeys(CLOCK);
  assert.equal(await keys.find(0n, 0), null);
  keys.add({ ...newGeneration(0), step: 3 });
  assert.equal(await keys.find(kidOf({ generation: 0, step: 2 }), 0), null);
  assert.ok(await keys.find(kidOf({ generation: 0, step: MAX_STEP }), 0));
  assert.equal(await keys.find((1n << 64n) - 1n, 0), null);
});

Deno.test("each counter is accepted once, late ones within the window", () => {
  const window = new ReplayWindow();
  for (const ctr of [0n, 1n, 5n, 3n]) {
    assert.equal(window.allows(ctr), true);
    window.accept(ctr);
    assert.equal(window.allows(ctr), false);
  }
  assert.equal(window.allows(4n), true);
  window.accept(5_000n);
  assert.equal(window.allows(5_000n - REPLAY_WINDOW), false);
  assert.equal(window.allows(5_001n - REPLAY_WINDOW), true);
});

Deno.test("the window's memory stays bounded over a long call", () => {
  const window = new ReplayWindow();
  for (let ctr = 0n; ctr < 100_000n; ctr++) {
    assert.equal(window.allows(ctr), true);
    window.accept(ctr);
  }
  assert.equal(window.allows(99_999n), false);
  assert.equal(window.allows(10n), false);
});
