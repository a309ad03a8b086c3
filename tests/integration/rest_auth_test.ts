/** Signing in and out, and what credentials open. */
import assert from "node:assert/strict";
import { LoginAnswer } from "../../lib/shared/protocol/auth.ts";
import { ACCESS_PASSWORD, startApp } from "./app.ts";

const LOGIN = { password: ACCESS_PASSWORD, user_name: "Ann" };

/** The `name=value` part of a cookie that was set. */
function cookieOf(headers: Headers, name: string): string {
  const cookie = headers.getSetCookie().find((each) => each.startsWith(`${name}=`));
  return cookie?.split(";")[0] ?? "";
}

Deno.test("signing in, being known, signing out", async (t) => {
  const app = await startApp();
  const { status, body, headers } = await app.ask("POST", "/api/auth/login", { body: LOGIN });
  const session = cookieOf(headers, "vc_session");

  await t.step("the answer is a token and the user", () => {
    assert.equal(status, 200);
    assert.deepEqual(LoginAnswer.parse(body), body);
    assert.deepEqual(body.user, { user_id: 1, user_name: "Ann", is_guest: false });
  });

  await t.step("the cookie is out of scripts' reach", () => {
    const set = headers.getSetCookie().find((each) => each.startsWith("vc_session="));
    assert.match(set ?? "", /; Path=\/; Max-Age=2592000; HttpOnly; SameSite=Lax$/);
  });

  await t.step("token and cookie say who one is", async () => {
    const byToken = await app.ask("GET", "/api/auth/me", { token: body.token });
    const byCookie = await app.ask("GET", "/api/auth/me", { headers: { cookie: session } });
    assert.deepEqual(byToken.body, body.user);
    assert.deepEqual(byCookie.body, body.user);
  });

  await t.step("no, wrong and foreign credentials", async () => {
    const nobody = await app.ask("GET", "/api/auth/me");
    assert.equal(nobody.status, 401);
    assert.equal(nobody.body.error_code, "UNAUTHORIZED");
    assert.equal(nobody.headers.get("www-authenticate"), "Bearer");
    const [head, payload] = body.token.split(".");
    for (const token of ["x", `${head}.${payload}.AAAA`, `${head}.${payload}.`]) {
      const answer = await app.ask("GET", "/api/auth/me", { token, headers: { cookie: session } });
      assert.equal(answer.status, 401, "a bad token is not made good by a cookie");
      assert.equal(answer.body.error_code, "SESSION_EXPIRED");
    }
  });

  await t.step("the same browser stays the same user, also after signing out", async () => {
    const again = await app.ask("POST", "/api/auth/login", {
      body: { ...LOGIN, user_name: "Anna" },
      headers: { cookie: session },
    });
    assert.deepEqual(again.body.user, { user_id: 1, user_name: "Anna", is_guest: false });
    const browser = cookieOf(headers, "vc_user");
    const later = await app.ask("POST", "/api/auth/login", {
      body: LOGIN,
      headers: { cookie: browser },
    });
    assert.equal(later.body.user.user_id, 1);
    assert.equal((await app.signIn("Other")).user.user_id, 2);
    const asSession = { cookie: browser.replace("vc_user", "vc_session") };
    assert.equal((await app.ask("GET", "/api/auth/me", { headers: asSession })).status, 401);
  });

  await t.step("signing out ends the session everywhere", async () => {
    const room = await app.createRoom(body.token);
    const stay = (await app.join(body.token, room.room_code)).body.session_token;
    const out = await app.ask("POST", "/api/auth/logout", { token: body.token });
    assert.equal(out.status, 204);
    assert.match(out.headers.getSetCookie()[0] ?? "", /^vc_session=; .*Max-Age=0/);
    for (const token of [body.token, stay]) {
      const answer = await app.ask("GET", "/api/auth/me", { token });
      assert.equal(answer.status, 401);
      assert.equal(answer.body.error_code, "SESSION_EXPIRED");
    }
    assert.equal((await app.ask("POST", "/api/auth/logout")).status, 204);
  });

  await app.stop();
});

Deno.test("over https, cookies are Secure and bound to the host", async () => {
  const app = await startApp({ PUBLIC_URL: "https://call.example.com" });
  const { headers } = await app.ask("POST", "/api/auth/login", { body: LOGIN });
  const cookies = headers.getSetCookie();
  assert.ok(cookies.every((cookie) => /^__Host-vc_.*; Secure; /.test(cookie)), cookies.join("\n"));
  const { token } = await app.signIn();
  const room = await app.createRoom(token);
  assert.equal(room.room_url, `https://call.example.com/video/room/${room.room_code}`);
  const joined = await app.join(token, room.room_code);
  assert.match(joined.body.ws_url, /^wss:\/\/call\.example\.com\/video\/ws\//);
  await app.stop();
});

Deno.test("guessing the password is stopped, address by address", async () => {
  const app = await startApp();
  const attempt = (password: string, from: string) =>
    app.ask("POST", "/api/auth/login", { body: { ...LOGIN, password }, from });

  const attacker = "192.0.2.1";
  const answers = await Promise.all(
    Array.from({ length: 12 }, (_, index) => attempt(`wrong-password-${index}`, attacker)),
  );
  const count = (status: number) => answers.filter((answer) => answer.status === status).length;
  assert.deepEqual([count(401), count(429)], [5, 7], "many at once do not slip through");
  const wrong = answers.find(({ status }) => status === 401);
  assert.equal(wrong?.body.error_code, "INVALID_PASSWORD");
  const refused = await attempt(ACCESS_PASSWORD, attacker);
  assert.equal(refused.status, 429, "the right one must wait as well");
  assert.equal(refused.body.error_code, "TOO_MANY_REQUESTS");
  const wait = Number(refused.headers.get("retry-after"));
  assert.ok(wait > 30 && wait <= 60, String(wait));
  assert.equal((await attempt(ACCESS_PASSWORD, "192.0.2.2")).status, 200);
  assert.equal(app.log.some((line) => line.includes("wrong-password")), false);
  await app.stop();
});

Deno.test("the password of the environment applies; sessions survive its change", async () => {
  const first = await startApp({ ACCESS_PASSWORD: "first-password" });
  const signIn = (app: typeof first, password: string) =>
    app.ask("POST", "/api/auth/login", { body: { ...LOGIN, password } });
  const { token } = (await signIn(first, "first-password")).body;
  const second = await first.restart({ ACCESS_PASSWORD: "second-password" });
  assert.equal((await signIn(second, "first-password")).status, 401);
  assert.equal((await signIn(second, "second-password")).status, 200);
  assert.equal((await second.ask("GET", "/api/auth/me", { token })).status, 200);
  await second.stop();
});

Deno.test("names are tidied and judged", async () => {
  const app = await startApp();
  const signIn = (user_name: unknown) =>
    app.ask("POST", "/api/auth/login", { body: { ...LOGIN, user_name } });
  assert.equal((await signIn("  Ann   Lee ")).body.user.user_name, "Ann Lee");
  assert.equal((await signIn("👩‍👩‍👧‍👦")).status, 200);
  for (const name of ["", "   ", "a\u202eb", "a\u0000b", "x".repeat(65), 7, null]) {
    const answer = await signIn(name);
    assert.equal(answer.status, 400, JSON.stringify(name));
    assert.equal(answer.body.error_code, "VALIDATION_ERROR");
    assert.equal(answer.body.fields[0].field, "user_name");
  }
  await app.stop();
});
