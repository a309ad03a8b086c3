/** What is the same for every endpoint: methods, bodies, languages, origins, unknown paths. */
import assert from "node:assert/strict";
import { ACCESS_PASSWORD, startApp } from "./app.ts";

const JSON_TYPE = { "content-type": "application/json" };

Deno.test("methods", async (t) => {
  const app = await startApp();
  const { token } = await app.signIn();
  const { room_code } = await app.createRoom(token);
  const room = `/video/rooms/${room_code}`;
  const allow: Record<string, string> = {
    "/api/auth/login": "POST, OPTIONS",
    "/api/auth/me": "GET, HEAD, OPTIONS",
    "/api/health/": "GET, HEAD, OPTIONS",
    "/video/rooms": "GET, POST, HEAD, OPTIONS",
    [room]: "GET, PATCH, DELETE, HEAD, OPTIONS",
    [`${room}/join`]: "POST, OPTIONS",
    [`${room}/leave`]: "DELETE, POST, OPTIONS",
    [`${room}/participants`]: "GET, HEAD, OPTIONS",
  };

  await t.step("a wrong one is 405 with Allow, as JSON", async () => {
    for (const [path, expected] of Object.entries(allow)) {
      const answer = await app.ask("PUT", path, { token });
      assert.equal(answer.status, 405, path);
      assert.equal(answer.headers.get("allow"), expected, path);
      assert.equal(answer.body.error_code, "METHOD_NOT_ALLOWED");
      assert.equal(typeof answer.body.detail, "string");
    }
  });

  await t.step("OPTIONS says the same", async () => {
    for (const [path, expected] of Object.entries(allow)) {
      const answer = await app.ask("OPTIONS", path);
      assert.equal(answer.status, 204);
      assert.equal(answer.headers.get("allow"), expected);
    }
  });

  await t.step("HEAD is GET without a body", async () => {
    const answer = await app.ask("HEAD", room, { token });
    assert.equal(answer.status, 200);
    assert.match(answer.headers.get("content-type") ?? "", /application\/json/);
    assert.equal(answer.body, "");
    assert.equal((await app.ask("HEAD", room)).status, 401);
  });

  await app.stop();
});

Deno.test("bodies", async (t) => {
  const app = await startApp();
  const { token } = await app.signIn();
  const post = (body: string, headers: Record<string, string> = JSON_TYPE) =>
    app.ask("POST", "/video/rooms", { token, body, headers });

  await t.step("not JSON", async () => {
    for (const body of ["{", "{'room_name': 1}", "undefined", "\u0000"]) {
      const answer = await post(body);
      assert.equal(answer.status, 400, body);
      assert.equal(answer.body.error_code, "MALFORMED_JSON");
    }
  });

  await t.step("every wrong field is named", async () => {
    const wish = { room_name: " ", max_participants: 51, is_private: "no" };
    const answer = await post(JSON.stringify(wish));
    assert.equal(answer.status, 400);
    assert.equal(answer.body.error_code, "VALIDATION_ERROR");
    const fields = answer.body.fields.map((each: { field: string }) => each.field);
    assert.deepEqual(fields, ["room_name", "is_private", "max_participants"]);
    assert.equal(answer.body.fields[2].maximum, 50);
  });

  await t.step("none at all is an empty object", async () => {
    const answer = await app.ask("POST", "/video/rooms", { token });
    assert.equal(answer.status, 400);
    assert.equal(answer.body.fields[0].field, "room_name");
    for (const body of ["null", "[]", '"text"', "7"]) {
      assert.equal((await post(body)).body.error_code, "VALIDATION_ERROR", body);
    }
  });

  await t.step("another type is refused, whatever it holds", async () => {
    const answer = await post('{"room_name":"x"}', { "content-type": "text/plain" });
    assert.equal(answer.status, 400);
    assert.equal(answer.body.fields[0].field, "Content-Type");
  });

  await t.step("too large, declared or not", async () => {
    const large = JSON.stringify({ room_name: "x", room_description: "y".repeat(70_000) });
    const declared = await post(large);
    assert.equal(declared.status, 413);
    assert.equal(declared.body.error_code, "PAYLOAD_TOO_LARGE");
    const response = await fetch(`${app.origin}/video/rooms`, {
      method: "POST",
      headers: { ...JSON_TYPE, authorization: `Bearer ${token}` },
      body: new Blob([large]).stream(),
    });
    assert.equal(response.status, 413);
    await response.body?.cancel();
  });

  await t.step("who may not call is told so before the body is read", async () => {
    const answer = await app.ask("POST", "/video/rooms", { body: "{" });
    assert.equal(answer.status, 401);
  });

  await app.stop();
});

Deno.test("unknown paths are JSON, whatever the method", async () => {
  const app = await startApp();
  const { token } = await app.signIn();
  const { room_code } = await app.createRoom(token);
  for (
    const path of [
      "/api",
      "/api/nothing",
      "/api/rooms/1",
      "/video/recordings/1/nothing",
      "/video/recordings/1/uploads/2/3",
      "/api/auth/login/x",
      `/video/rooms/${room_code}/nothing`,
      `/video/rooms/${room_code}/join/x`,
      "/video/rooms/%E0%A4%A",
      "/video/rooms/a%2fb",
    ]
  ) {
    for (const method of ["GET", "POST"]) {
      const answer = await app.ask(method, path, { token });
      const expected = path.startsWith("/video/rooms/%") || path.endsWith("b") ? [404, 405] : [404];
      assert.ok(expected.includes(answer.status), `${method} ${path}: ${answer.status}`);
      assert.equal(typeof answer.body.error_code, "string", `${method} ${path}`);
    }
  }
  await app.stop();
});

Deno.test("errors speak the caller's language, then the server's", async () => {
  const app = await startApp({ DEFAULT_LOCALE: "ru" });
  const detail = async (headers: Record<string, string>) => {
    const answer = await app.ask("GET", "/video/rooms", { headers });
    assert.equal(answer.status, 401);
    return [answer.headers.get("content-language"), answer.body.detail];
  };
  const english = ["en", "You are not signed in."];
  assert.deepEqual(await detail({ "accept-language": "en-GB,en;q=0.8" }), english);
  const [language, russian] = await detail({ "accept-language": "ru, en;q=0.5" });
  assert.equal(language, "ru");
  assert.match(String(russian), /[а-я]/);
  assert.deepEqual(await detail({ "accept-language": "fr" }), ["ru", russian]);
  assert.deepEqual(await detail({ "accept-language": "ru", cookie: "vc_lang=en" }), english);
  await app.stop();
});

Deno.test("foreign pages cannot use a visitor's cookie", async (t) => {
  const app = await startApp();
  const login = { body: { password: ACCESS_PASSWORD, user_name: "Ann" } };
  const { headers } = await app.ask("POST", "/api/auth/login", login);
  const cookie = headers.getSetCookie()[0]!.split(";")[0]!;
  const create = (extra: Record<string, string>) =>
    app.ask("POST", "/video/rooms", { body: { room_name: "x" }, headers: { cookie, ...extra } });

  await t.step("changes need our own origin", async () => {
    assert.equal((await create({ origin: app.origin })).status, 201);
    for (const origin of ["https://evil.example", "null", app.origin.replace("127", "126")]) {
      const answer = await create({ origin });
      assert.equal(answer.status, 403, origin);
      assert.equal(answer.body.error_code, "FOREIGN_ORIGIN");
    }
    assert.equal((await create({})).status, 403, "and browsers always send one");
  });

  await t.step("reading needs none", async () => {
    assert.equal((await app.ask("GET", "/video/rooms", { headers: { cookie } })).status, 200);
  });

  await t.step("nor can they sign a visitor in or out", async () => {
    const foreign = { origin: "https://evil.example" };
    const signIn = await app.ask("POST", "/api/auth/login", { ...login, headers: foreign });
    assert.equal(signIn.status, 403);
    const out = await app.ask("POST", "/api/auth/logout", { headers: { cookie, ...foreign } });
    assert.equal(out.status, 403);
  });

  await t.step("nothing invites them to read answers", async () => {
    const answer = await app.ask("GET", "/video/rooms", {
      headers: { cookie, origin: "https://evil.example" },
    });
    assert.equal(answer.headers.get("access-control-allow-origin"), null);
  });

  await app.stop();
});

Deno.test("listed origins: tokens for CORS_ALLOWED_ORIGINS, cookies for ALLOWED_ORIGINS", async () => {
  const app = await startApp({
    CORS_ALLOWED_ORIGINS: "https://api.example.com",
    ALLOWED_ORIGINS: "https://twin.example.com",
  });
  const { token } = await app.signIn();
  const create = (origin: string) =>
    app.ask("POST", "/video/rooms", { token, body: { room_name: "x" }, headers: { origin } });
  const byToken = await create("https://api.example.com");
  assert.equal(byToken.status, 201);
  assert.equal(byToken.headers.get("access-control-allow-origin"), "https://api.example.com");
  assert.equal(byToken.headers.get("access-control-allow-credentials"), null);
  assert.match(byToken.headers.get("vary") ?? "", /origin/i);
  const preflight = await app.ask("OPTIONS", "/video/rooms", {
    headers: { origin: "https://api.example.com", "access-control-request-method": "POST" },
  });
  assert.match(preflight.headers.get("access-control-allow-headers") ?? "", /Authorization/);
  const twin = await create("https://twin.example.com");
  assert.equal(twin.headers.get("access-control-allow-credentials"), "true");
  await app.stop();
});

Deno.test("ALLOWED_HOSTS turns foreign names away", async () => {
  const app = await startApp({ ALLOWED_HOSTS: "call.example.com" });
  const at = (host: string) =>
    app.ask("GET", "/api/health", { headers: { "x-forwarded-host": host } });
  assert.equal((await at("call.example.com")).status, 200);
  assert.equal((await at("evil.example.com")).status, 400);
  assert.equal((await app.ask("GET", "/api/health")).status, 200);
  await app.stop();
});

Deno.test("health, with and without the slash", async () => {
  const app = await startApp();
  for (const path of ["/api/health", "/api/health/"]) {
    const { status, body, headers } = await app.ask("GET", path);
    assert.equal(status, 200);
    assert.equal(body.status, "ok");
    assert.equal(body.boot_id, app.container.bootId);
    assert.equal(headers.get("cache-control"), "no-store");
  }
  await app.stop();
});

Deno.test("an unexpected failure shows a request id and nothing else", async () => {
  const app = await startApp();
  const { token } = await app.signIn();
  app.container.services.rooms.list = () => Promise.reject(new Error("secret detail"));
  const { status, body } = await app.ask("GET", "/video/rooms", { token });
  assert.equal(status, 500);
  assert.deepEqual(Object.keys(body).sort(), ["detail", "error_code", "request_id"]);
  assert.equal(JSON.stringify(body).includes("secret detail"), false);
  const line = app.log.find((each) => each.includes(body.request_id));
  assert.match(line ?? "", /secret detail/);
  await app.stop();
});

Deno.test("a failing database is 503 with Retry-After, and health says so", async () => {
  const app = await startApp();
  const { token } = await app.signIn();
  const { kv } = app.container;
  const fail = () => Promise.reject(new TypeError("database or disk is full: Error code 13"));
  const { get, set } = kv;
  Object.assign(kv, { set: fail, get: fail });
  const health = await app.ask("GET", "/api/health");
  assert.equal(health.status, 503);
  assert.equal(health.body.status, "unavailable");
  const { status, headers } = await app.ask("GET", "/video/rooms", { token });
  assert.equal(status, 503);
  assert.equal(headers.get("retry-after"), "5");
  Object.assign(kv, { set, get });
  assert.equal((await app.ask("GET", "/video/rooms", { token })).status, 200);
  await app.stop();
});

Deno.test("the secrets are the owner's alone and are never logged", async () => {
  const app = await startApp({ LOG_LEVEL: "debug" });
  const file = `${app.dataDir}/secrets.json`;
  assert.equal((await Deno.stat(file)).mode! & 0o777, 0o600);
  const { master } = JSON.parse(await Deno.readTextFile(file));
  const { token } = await app.signIn("Secret Name");
  const room = await app.createRoom(token);
  await app.join(token, room.room_code);
  const log = app.log.join("");
  for (const secret of [master, token, ACCESS_PASSWORD, "Secret Name", room.room_code]) {
    assert.equal(log.includes(secret), false);
  }
  assert.match(log, /"event":"room_created"/);
  assert.match(log, /"event":"participant_joined"/);
  await app.stop();
});
