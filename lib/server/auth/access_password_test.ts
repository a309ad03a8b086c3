import assert from "node:assert/strict";
import { loadAccessPassword } from "../store/access_password.ts";
import { changeAccessPassword, ensureAccessPassword, generatePassword } from "./access_password.ts";
import { verifyPassword } from "./passwords.ts";

Deno.test("generated once and shown once; a configured one applies from then on", async () => {
  const kv = await Deno.openKv(":memory:");
  const fits = async (password: string) => {
    const stored = await loadAccessPassword(kv);
    return stored !== null && await verifyPassword(password, stored);
  };
  const generated = await ensureAccessPassword(kv, null);
  assert.match(generated ?? "", /^([2-9a-hjkmnp-z]{4}-){3}[2-9a-hjkmnp-z]{4}$/);
  assert.ok(await fits(generated!));
  assert.equal(await ensureAccessPassword(kv, null), null);
  assert.equal(await ensureAccessPassword(kv, "my-own-password"), null);
  assert.ok(await fits("my-own-password"));
  const before = await loadAccessPassword(kv);
  await ensureAccessPassword(kv, "my-own-password");
  assert.deepEqual(await loadAccessPassword(kv), before, "nothing is written when it fits");
  await ensureAccessPassword(kv, null);
  assert.ok(await fits("my-own-password"), "it stays when the variable goes");
  kv.close();
});

Deno.test("the latest word counts: the environment's, or an administrator's", async () => {
  const kv = await Deno.openKv(":memory:");
  const fits = async (password: string) => {
    const stored = await loadAccessPassword(kv);
    return stored !== null && await verifyPassword(password, stored);
  };
  await ensureAccessPassword(kv, "from-environment");
  const change = { password: "from-the-panel", configured: "from-environment" };
  assert.equal(await changeAccessPassword(kv, change), null);
  await ensureAccessPassword(kv, "from-environment");
  assert.ok(await fits("from-the-panel"), "a restart does not bring the old one back");
  await ensureAccessPassword(kv, "from-environment-2");
  assert.ok(await fits("from-environment-2"));
  const generated = await changeAccessPassword(kv, { password: null, configured: null });
  assert.ok(await fits(generated!));
  await ensureAccessPassword(kv, null);
  assert.ok(await fits(generated!));
  kv.close();
});

Deno.test("generated passwords differ", () => {
  assert.equal(new Set(Array.from({ length: 100 }, generatePassword)).size, 100);
});
