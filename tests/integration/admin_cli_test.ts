/** `admin …` as a process of its own, with the server's permissions, beside the running server. */
import assert from "node:assert/strict";
import { pause, until } from "../fixtures/poll.ts";
import { Product } from "../fixtures/product.ts";

const PASSWORD = "typed-into-a-pipe";

async function signIn(product: Product, username: string, password: string): Promise<Response> {
  return await fetch(`${product.origin}/api/admin/login`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ username, password }),
  });
}

const ask = (product: Product, path: string, token: string) =>
  fetch(product.origin + path, { headers: { authorization: `Bearer ${token}` } });

Deno.test("accounts are made and unmade while the server runs", async (t) => {
  await using product = await Product.start();

  await t.step("the first start says how to make one", async () => {
    await until("the words", () => product.log.some((line) => line.includes("admin create NAME")));
  });

  await t.step("made, and good for signing in without a restart", async () => {
    const made = await product.run(["admin", "create", "anna"], `${PASSWORD}\n`);
    assert.deepEqual(made, {
      code: 0,
      out: 'Account "anna" is made; sign in at /admin.\n',
      err: "",
    });
    const answer = await signIn(product, "anna", PASSWORD);
    assert.equal(answer.status, 200);
    const { token } = await answer.json();
    const status = await (await ask(product, "/api/admin/status", token)).json();
    assert.ok(status.storage.free_bytes > 0, "within its narrow permissions");
    const metrics = await (await ask(product, "/api/metrics/", token)).text();
    assert.match(metrics, /^videocall_memory_rss_bytes \d+$/m);
  });

  await t.step("with a generated password", async () => {
    const { out } = await product.run(["admin", "create", "ben", "--generate"]);
    const [, password = ""] = /Password: (\S+)/.exec(out) ?? [];
    assert.equal((await signIn(product, "ben", password)).status, 200);
    const list = await product.run(["admin", "list"]);
    assert.match(list.out, /^anna\t.*\nben\t.*\n$/);
  });

  await t.step("a changed password and a removed account sign out at once", async () => {
    const { token } = await (await signIn(product, "anna", PASSWORD)).json();
    assert.equal((await product.run(["admin", "set-password", "anna"], "another-one-1\n")).code, 0);
    assert.equal((await ask(product, "/api/admin/me", token)).status, 401);
    assert.equal((await product.run(["admin", "remove", "anna"])).code, 0);
    assert.equal((await signIn(product, "anna", "another-one-1")).status, 401);
  });

  await t.step("what goes wrong is said on standard error, with an exit code", async () => {
    const missing = await product.run(["admin", "create", "carl"]);
    assert.deepEqual([missing.code, missing.out], [1, ""]);
    assert.match(missing.err, /No password/);
    const misuse = await product.run(["admin", "frobnicate"]);
    assert.equal(misuse.code, 2);
    assert.match(misuse.err, /admin create NAME/);
  });

  await t.step("and stands in the audit log", async () => {
    await product.run(["admin", "create", "dora"], `${PASSWORD}\n`);
    const { token } = await (await signIn(product, "dora", PASSWORD)).json();
    const { items } = await (await ask(product, "/api/admin/audit?q=anna", token)).json();
    const actions = items.map(({ action }: { action: string }) => action);
    assert.ok(actions.includes("admin_removed") && actions.includes("admin_created"));
  });
});

Deno.test("server and command line write at the same time and both get through", async () => {
  await using product = await Product.start();
  const body = (index: number) =>
    JSON.stringify({ password: "correct-horse-battery", user_name: `Person ${index}` });
  let busy = true;
  const statuses: number[] = [];
  const writing = (async () => {
    for (let index = 0; busy; index++) {
      const { status } = await fetch(`${product.origin}/api/health/`);
      statuses.push(status);
      if (index % 10 === 0) {
        const headers = { "content-type": "application/json" };
        const init = { method: "POST", headers, body: body(index) };
        statuses.push((await fetch(`${product.origin}/api/auth/login`, init)).status);
      }
    }
  })();
  const names = ["a1", "a2", "a3"];
  const made = await Promise.all(
    names.map((name) => product.run(["admin", "create", name], `${PASSWORD}\n`)),
  );
  busy = false;
  await writing;
  assert.deepEqual(made.map(({ code, err }) => [code, err]), names.map(() => [0, ""]));
  assert.deepEqual([...new Set(statuses)], [200]);
});

Deno.test("a database that somebody holds is waited for", async () => {
  const { DatabaseSync } = await import("node:sqlite");
  await using product = await Product.start();
  const other = new DatabaseSync(`${product.dataDir}/kv.sqlite3`);
  other.exec("BEGIN IMMEDIATE");
  const making = product.run(["admin", "create", "anna"], `${PASSWORD}\n`);
  await pause(2_500);
  other.exec("ROLLBACK");
  other.close();
  const { code, err } = await making;
  assert.deepEqual([code, err], [0, ""]);
});

Deno.test("keys are rotated: what was signed before stays valid, unless it must not", async () => {
  await using product = await Product.start();
  const login = await fetch(`${product.origin}/api/auth/login`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ password: "correct-horse-battery", user_name: "Ann" }),
  });
  const { token } = await login.json();
  const isKnown = async () => (await ask(product, "/api/auth/me", token)).status;

  assert.equal((await product.run(["admin", "rotate-keys"])).code, 0);
  assert.equal(await isKnown(), 200, "before the restart");
  await product.restart();
  assert.equal(await isKnown(), 200, "after it");
  assert.equal((await product.run(["admin", "rotate-keys", "--forget-old"])).code, 0);
  await product.restart();
  assert.equal(await isKnown(), 401);
});

Deno.test("the server starts only when it is not given other words", async () => {
  await using product = await Product.start();
  const help = await product.run(["help"]);
  assert.equal(help.code, 0);
  assert.match(help.out, /admin rotate-keys/);
  assert.equal((await product.run(["start"])).code, 2);
});
