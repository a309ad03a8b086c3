import assert from "node:assert/strict";
import { SignJWT, UnsecuredJWT } from "jose";
import { Secrets } from "./secrets.ts";
import { Tokens } from "./tokens.ts";

const secrets = await Secrets.from("m".repeat(43), "s".repeat(43));
const CLAIMS = { sub: "7", jti: "id" };

function setup() {
  const time = { now: Date.UTC(2030, 0, 1) };
  return { time, tokens: new Tokens(secrets, () => time.now) };
}

Deno.test("a token is good for its purpose, until it expires", async () => {
  const { time, tokens } = setup();
  const token = await tokens.sign("session", CLAIMS, 60);
  assert.deepEqual(await tokens.verify("session", token), {
    ok: true,
    claims: { ...CLAIMS, turn: 0 },
  });
  for (const purpose of ["participant", "guest_link", "browser"] as const) {
    assert.deepEqual(await tokens.verify(purpose, token), { ok: false, expired: false });
  }
  time.now += 61_000;
  assert.deepEqual(await tokens.verify("session", token), { ok: false, expired: true });
});

Deno.test("another server's tokens are void", async () => {
  const { tokens, time } = setup();
  const foreign = new Tokens(await Secrets.from("x".repeat(43), "s".repeat(43)), () => time.now);
  const token = await foreign.sign("session", CLAIMS, 60);
  assert.deepEqual(await tokens.verify("session", token), { ok: false, expired: false });
});

Deno.test("no other algorithm, type, issuer, audience or lifetime passes", async () => {
  const { tokens, time } = setup();
  const key = await secrets.key("session");
  const now = Math.floor(time.now / 1000);
  const good = {
    alg: "HS256",
    typ: "vc-session+jwt",
    iss: "videocall",
    aud: "session",
    exp: now + 60 as number | undefined,
    iat: now as number | undefined,
    ...CLAIMS as { sub: string | undefined; jti: string | undefined },
  };
  const forge = ({ alg, typ, ...payload }: typeof good) =>
    new SignJWT(payload).setProtectedHeader({ alg, typ }).sign(key);
  assert.equal((await tokens.verify("session", await forge(good))).ok, true);
  const changes: Partial<typeof good>[] = [
    { alg: "HS512" },
    { typ: "JWT" },
    { iss: "other" },
    { aud: "participant" },
    { exp: undefined },
    { iat: undefined },
    { jti: undefined },
    { sub: undefined },
    { sub: "7 or 1=1" },
  ];
  for (const change of changes) {
    const verdict = await tokens.verify("session", await forge({ ...good, ...change }));
    assert.equal(verdict.ok, false, JSON.stringify(change));
  }
  const unsigned = new UnsecuredJWT(CLAIMS).setIssuer("videocall").setAudience("session")
    .setIssuedAt(now).setExpirationTime(now + 60).encode();
  for (const token of [unsigned, "", "a.b.c", "🙂"]) {
    assert.equal((await tokens.verify("session", token)).ok, false);
  }
});

Deno.test("keys that were retired verify what they signed, and sign nothing", async () => {
  const pair = (letter: string) => ({ master: letter.repeat(40), salt: letter.repeat(20) });
  const [old, fresh] = [pair("o"), pair("f")];
  const before = new Tokens(await Secrets.from(old.master, old.salt), Date.now);
  const after = new Tokens(await Secrets.from(fresh.master, fresh.salt, [old]), Date.now);
  const forgetful = new Tokens(await Secrets.from(fresh.master, fresh.salt), Date.now);
  const token = await before.sign("session", CLAIMS, 60);
  assert.equal((await after.verify("session", token)).ok, true);
  assert.equal((await after.verify("admin", token)).ok, false);
  assert.equal((await forgetful.verify("session", token)).ok, false);
  const newer = await after.sign("session", CLAIMS, 60);
  assert.equal((await before.verify("session", newer)).ok, false);
  const over = await before.sign("session", CLAIMS, -1);
  assert.deepEqual(await after.verify("session", over), { ok: false, expired: true });
});
