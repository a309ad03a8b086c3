import assert from "node:assert/strict";
import { loadSecrets, rotateSecrets } from "./secrets.ts";

async function withDirectory(job: (dataDir: string) => Promise<void>): Promise<void> {
  const directory = await Deno.makeTempDir();
  try {
    await job(`${directory}/data`);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

const UNSET = { secretKey: null, encryptionSalt: null };

Deno.test("made once, for the owner only, the same on the next start", () =>
  withDirectory(async (dataDir) => {
    const first = await loadSecrets({ dataDir, ...UNSET });
    const second = await loadSecrets({ dataDir, ...UNSET });
    assert.equal((await Deno.stat(`${dataDir}/secrets.json`)).mode! & 0o777, 0o600);
    assert.deepEqual(await first.key("session"), await second.key("session"));
    assert.notDeepEqual(await first.key("session"), await first.key("participant"));
  }));

Deno.test("two first starts at once agree", () =>
  withDirectory(async (dataDir) => {
    const both = await Promise.all([
      loadSecrets({ dataDir, ...UNSET }),
      loadSecrets({ dataDir, ...UNSET }),
    ]);
    assert.deepEqual(await both[0].key("session"), await both[1].key("session"));
  }));

Deno.test("the environment's secrets leave no file", () =>
  withDirectory(async (dataDir) => {
    await loadSecrets({ dataDir, secretKey: "k".repeat(32), encryptionSalt: "s".repeat(16) });
    await assert.rejects(Deno.stat(dataDir), Deno.errors.NotFound);
  }));

Deno.test("a broken file is an error that does not show it", () =>
  withDirectory(async (dataDir) => {
    await Deno.mkdir(dataDir);
    await Deno.writeTextFile(`${dataDir}/secrets.json`, '{"master":"half-a-sec');
    await assert.rejects(
      loadSecrets({ dataDir, ...UNSET }),
      (error: Error) => /secrets\.json/.test(error.message) && !/half-a-sec/.test(error.message),
    );
  }));

Deno.test("a rotation keeps the keys before for verification, unless they must go", () =>
  withDirectory(async (dataDir) => {
    const origin = { dataDir, ...UNSET };
    const before = await loadSecrets(origin);
    const now = Date.now();
    assert.deepEqual(await rotateSecrets(origin, { now, forgetPrevious: false }), { previous: 1 });
    const after = await loadSecrets(origin);
    assert.notDeepEqual(await after.key("session"), await before.key("session"));
    assert.deepEqual((await after.keys("session"))[1], await before.key("session"));
    assert.equal((await Deno.stat(`${dataDir}/secrets.json`)).mode! & 0o777, 0o600);
    const years = now + 3 * 365 * 24 * 60 * 60 * 1000;
    assert.deepEqual(
      await rotateSecrets(origin, { now: years, forgetPrevious: false }),
      { previous: 1 },
      "what nothing can be signed with any more is dropped",
    );
    assert.deepEqual(await rotateSecrets(origin, { now, forgetPrevious: true }), { previous: 0 });
    assert.equal((await (await loadSecrets(origin)).keys("session")).length, 1);
  }));

Deno.test("keys of the environment are not rotated in the file", () =>
  withDirectory(async (dataDir) => {
    const origin = { dataDir, secretKey: "k".repeat(32), encryptionSalt: null };
    await assert.rejects(rotateSecrets(origin, { now: 0, forgetPrevious: false }), /SECRET_KEY/);
  }));
