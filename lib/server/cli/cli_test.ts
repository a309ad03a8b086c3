import assert from "node:assert/strict";
import { type Config, loadConfig } from "../config.ts";
import { verifyPassword } from "../auth/passwords.ts";
import { loadAdmin } from "../store/admins.ts";
import { runCli } from "./cli.ts";

class FakeTerminal {
  readonly said: string[] = [];
  readonly complaints: string[] = [];
  constructor(readonly answers: (string | null)[] = [], readonly isInteractive = false) {}
  say = (text: string) => void this.said.push(text);
  complain = (text: string) => void this.complaints.push(text);
  secret = () => Promise.resolve(this.answers.shift() ?? null);
}

async function inDirectory(job: (config: Config) => Promise<void>): Promise<void> {
  const dataDir = await Deno.makeTempDir({ prefix: "videocall-cli-" });
  try {
    await job(loadConfig({ DATA_DIR: dataDir }));
  } finally {
    await Deno.remove(dataDir, { recursive: true });
  }
}

async function run(config: Config, words: string, answers: (string | null)[] = [], typed = false) {
  const terminal = new FakeTerminal(answers, typed);
  const code = await runCli(words.split(" "), () => config, terminal);
  return { code, said: terminal.said.join("\n"), complaint: terminal.complaints.join("\n") };
}

async function fits(config: Config, name: string, password: string): Promise<boolean> {
  using kv = await Deno.openKv(config.kvPath);
  const admin = await loadAdmin(kv, name);
  return admin !== null && await verifyPassword(password, admin.password);
}

Deno.test("without words the server starts; other words are explained", async () => {
  const never = (): Config => {
    throw new Error("no configuration is needed");
  };
  const terminal = new FakeTerminal();
  assert.equal(await runCli([], never, terminal), null);
  assert.equal(await runCli(["serve"], never, terminal), null);
  assert.equal(await runCli(["help"], never, terminal), 0);
  assert.match(terminal.said[0]!, /admin create NAME/);
  assert.equal(await runCli(["destroy"], never, terminal), 2);
});

Deno.test("accounts are made, listed, changed and removed", () =>
  inDirectory(async (config) => {
    assert.equal((await run(config, "admin list")).said, "There is no account yet.");
    const made = await run(config, "admin create Anna", ["a-long-password"]);
    assert.deepEqual([made.code, made.complaint], [0, ""]);
    assert.ok(await fits(config, "anna", "a-long-password"));
    assert.match((await run(config, "admin list")).said, /^anna\t\d{4}-/);

    const again = await run(config, "admin create ANNA", ["another-password"]);
    assert.deepEqual([again.code, again.complaint], [1, 'There is an account "anna" already.']);

    const changed = await run(config, "admin set-password anna --generate");
    const [, generated = ""] = /Password: (\S+)/.exec(changed.said) ?? [];
    assert.ok(await fits(config, "anna", generated));

    assert.equal((await run(config, "admin remove anna")).code, 0);
    assert.equal((await run(config, "admin remove anna")).code, 1);
    assert.equal((await run(config, "admin set-password anna")).code, 1);
  }));

Deno.test("passwords that are short, missing or typed differently change nothing", () =>
  inDirectory(async (config) => {
    for (
      const [answers, typed] of [
        [["short"], false],
        [[], false],
        [["a-long-password", "a-lung-password"], true],
        [[null], true],
      ] as const
    ) assert.equal((await run(config, "admin create anna", [...answers], typed)).code, 1);
    assert.equal((await run(config, "admin list")).said, "There is no account yet.");
    const typed = await run(config, "admin create anna", Array(2).fill("a-long-password"), true);
    assert.equal(typed.code, 0);
  }));

Deno.test("what is not understood is explained and does nothing", () =>
  inDirectory(async (config) => {
    for (
      const words of [
        "admin",
        "admin create",
        "admin create a b",
        "admin list --generate",
        "admin toString",
        "admin create anna --force",
      ]
    ) assert.equal((await run(config, words)).code, 2, words);
    assert.equal((await run(config, "admin create an/na --generate")).code, 1);
  }));

Deno.test("keys are rotated where they come from the file", () =>
  inDirectory(async (config) => {
    assert.match((await run(config, "admin rotate-keys")).said, /stays valid/);
    assert.match((await run(config, "admin rotate-keys --forget-old")).said, /sign in again/);
    const fixed = { ...config, secretKey: "k".repeat(40) };
    const refused = await run(fixed, "admin rotate-keys");
    assert.equal(refused.code, 1);
    assert.match(refused.complaint, /SECRET_KEY/);
  }));
