/** Rotating sessions, and ending one or all of them. */
import assert from "node:assert/strict";
import { LoginAnswer } from "../../lib/shared/protocol/auth.ts";
import { closeCode, SocketClient } from "../fixtures/socket_client.ts";
import { type App, startApp } from "./app.ts";

const me = async (app: App, token: string) =>
  (await app.ask("GET", "/api/auth/me", { token })).status;
const refresh = (app: App, token: string) => app.ask("POST", "/api/auth/refresh", { token });

/** Moves the last rotation into the past, instead of waiting. */
async function ageRotation(app: App, seconds: number): Promise<void> {
  const { kv } = app.container;
  for await (const { key, value } of kv.list<{ turned_at: number }>({ prefix: ["sessions"] })) {
    await kv.set(key, { ...value, turned_at: value.turned_at - seconds * 1000 });
  }
}

Deno.test("a session is rotated: the old token works a minute longer", async (t) => {
  const app = await startApp();
  const first = await app.signIn();
  const { status, body, headers } = await refresh(app, first.token);
  const second: string = body.token;

  await t.step("a new token and cookie for the same person", () => {
    assert.equal(status, 200);
    assert.deepEqual(LoginAnswer.parse(body), body);
    assert.deepEqual(body.user, first.user);
    assert.notEqual(second, first.token);
    assert.match(headers.getSetCookie()[0]!, /^vc_session=.*Max-Age=2592000/);
  });

  await t.step("requests under way still pass, and tabs that ask at once agree", async () => {
    assert.deepEqual([await me(app, first.token), await me(app, second)], [200, 200]);
    const again = (await refresh(app, first.token)).body.token;
    await ageRotation(app, 61);
    assert.deepEqual([await me(app, again), await me(app, second)], [200, 200]);
  });

  await t.step("after the minute the old one is void", async () => {
    assert.equal(await me(app, first.token), 401);
    assert.equal((await refresh(app, first.token)).status, 401);
    const third = (await refresh(app, second)).body.token;
    await ageRotation(app, 61);
    assert.deepEqual([await me(app, third), await me(app, second)], [200, 401]);
  });
  await app.stop();
});

Deno.test("a stay in a room outlives a rotation; participant tokens rotate nothing", async () => {
  const app = await startApp();
  const { token } = await app.signIn();
  const room = await app.createRoom(token);
  const joined = (await app.join(token, room.room_code)).body;
  await refresh(app, token);
  await ageRotation(app, 61);
  await using socket = await SocketClient.open(joined);
  await socket.take("room_state");
  assert.equal((await refresh(app, joined.session_token)).status, 403);
  assert.equal((await app.ask("POST", "/api/auth/refresh")).status, 401);
  await app.stop();
});

Deno.test("guests do not stay longer by rotating", async () => {
  const app = await startApp();
  const host = await app.signIn();
  const room = await app.createRoom(host.token);
  const guest = await app.guest(host.token, room.room_code);
  const expiry = (token: string) => JSON.parse(atob(token.split(".")[1]!)).exp as number;
  const { body } = await refresh(app, guest.token);
  assert.ok(expiry(body.token) <= expiry(guest.token));
  assert.equal(body.user.is_guest, true);
  await app.stop();
});

/** Leaves every session this much time. */
async function ageSessions({ container }: App, seconds: number): Promise<void> {
  const { kv } = container;
  for await (const { key, value } of kv.list<object>({ prefix: ["sessions"] })) {
    await kv.set(key, { ...value, expires_at: Date.now() + seconds * 1000 });
  }
}

Deno.test("a browser's session is prolonged by using it, an earlier cookie stays good", async (t) => {
  const app = await startApp();
  const { token } = await app.signIn();
  const room = await app.createRoom(token);
  const headers = { cookie: `vc_session=${token}`, origin: app.origin };
  const page = async (path: string, sent: Record<string, string> = headers) => {
    const { headers: answered } = await app.ask("GET", path, { headers: sent });
    return answered.getSetCookie().filter((line) => line.startsWith("vc_session="));
  };
  const day = 24 * 60 * 60;

  await t.step("not every time", async () => {
    assert.deepEqual(await page("/"), []);
  });

  await t.step("on any page, a day after it was made or prolonged", async () => {
    for (const path of ["/", `/video/room/${room.room_code}`]) {
      await ageSessions(app, 29 * day - 5);
      const [cookie] = await page(path);
      assert.match(cookie!, /Max-Age=2592000/);
      const fresh = /vc_session=([^;]+)/.exec(cookie!)![1]!;
      assert.deepEqual([await me(app, fresh), await me(app, token)], [200, 200]);
      assert.deepEqual(await page("/"), []);
    }
  });

  await t.step("by joining, and by what a page in a call asks", async () => {
    await ageSessions(app, 5 * day);
    const path = `/video/rooms/${room.room_code}/join`;
    const joined = await app.ask("POST", path, { headers });
    assert.ok(joined.headers.getSetCookie().some((line) => line.startsWith("vc_session=")));
    await ageSessions(app, 5 * day);
    assert.equal((await page("/api/ice-servers")).length, 1);
  });

  await t.step("not with a token in the head, nor without a session", async () => {
    await ageSessions(app, 5 * day);
    assert.deepEqual(await page("/api/ice-servers", { authorization: `Bearer ${token}` }), []);
    assert.deepEqual(await page("/", {}), []);
  });
  await app.stop();
});

Deno.test("a guest's session lasts while the guest is in the call, and no longer", async () => {
  const app = await startApp();
  const host = await app.signIn();
  const room = await app.createRoom(host.token);
  const guest = await app.guest(host.token, room.room_code);
  const headers = { cookie: `vc_session=${guest.token}`, origin: app.origin };
  const prolonged = async (method: string, path: string) => {
    const { headers: answered } = await app.ask(method, path, { headers });
    return answered.getSetCookie().some((line) => /^vc_session=.*Max-Age=21600/.test(line));
  };
  const stay = `/video/rooms/${room.room_code}`;
  await ageSessions(app, 60);
  assert.equal(await prolonged("GET", `/video/room/${room.room_code}`), false, "only looks");
  assert.equal(await prolonged("POST", `${stay}/join`), true);
  assert.equal(await prolonged("GET", "/api/ice-servers"), false, "hours are left");
  await ageSessions(app, 60);
  assert.equal(await prolonged("GET", "/api/ice-servers"), true);
  await app.ask("POST", `${stay}/leave`, { headers });
  await ageSessions(app, 60);
  assert.equal(await prolonged("GET", `/video/room/${room.room_code}`), false, "has left");
  await app.stop();
});

Deno.test("signing out here or everywhere closes the sockets it should", async () => {
  const app = await startApp();
  const host = await app.signIn("Host");
  const room = await app.createRoom(host.token);
  const browser = (await app.ask("POST", "/api/auth/login", {
    body: { password: "correct-horse-battery", user_name: "Ann" },
  })).headers.getSetCookie().map((cookie) => cookie.split(";")[0]).join("; ");
  const signInAgain = async () =>
    (await app.ask("POST", "/api/auth/login", {
      body: { password: "correct-horse-battery", user_name: "Ann" },
      headers: { cookie: browser },
    })).body;
  const [one, two] = [await signInAgain(), await signInAgain()];
  assert.equal(one.user.user_id, two.user.user_id);

  const joined = (await app.join(one.token, room.room_code)).body;
  await using socket = await SocketClient.open(joined);
  await socket.take("room_state");
  await app.ask("POST", "/api/auth/logout", { token: two.token });
  assert.deepEqual([await me(app, one.token), await me(app, two.token)], [200, 401]);
  await socket.heardSoFar();
  const out = await app.ask("POST", "/api/auth/logout", {
    token: one.token,
    body: { everywhere: true },
  });
  assert.equal(out.status, 204);
  assert.equal(await closeCode(socket), 4401);
  const cookie = { headers: { cookie: browser.split("; ")[0]! } };
  assert.equal((await app.ask("GET", "/api/auth/me", cookie)).status, 401);
  assert.equal(await me(app, host.token), 200);
  await app.stop();
});

Deno.test("signing out closes the socket that was opened with the session", async () => {
  const app = await startApp();
  const { token } = await app.signIn();
  const room = await app.createRoom(token);
  await using socket = await SocketClient.open((await app.join(token, room.room_code)).body);
  await socket.take("room_state");
  await app.ask("POST", "/api/auth/logout", { token });
  assert.equal(await closeCode(socket), 4401);
  await app.stop();
});
