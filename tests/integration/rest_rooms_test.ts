/** The documents' room endpoints (video-api.ru.md, "Комнаты"). */
import assert from "node:assert/strict";
import { VideoRoom } from "../../lib/shared/protocol/rooms.ts";
import { startApp } from "./app.ts";

Deno.test("rooms are created, listed, shown, changed and ended", async (t) => {
  const app = await startApp();
  const { token, user } = await app.signIn();

  const documented = {
    room_name: "Моя комната",
    room_description: "Описание комнаты",
    is_private: false,
    max_participants: 50,
    recording_enabled: true,
    waiting_room_enabled: false,
  };
  const created = await app.ask("POST", "/video/rooms", { token, body: documented });
  const room = created.body;
  const path = `/video/rooms/${room.room_code}`;

  await t.step("the answer has the documented fields", () => {
    assert.equal(created.status, 201);
    assert.deepEqual(VideoRoom.parse(room), room);
    assert.match(room.room_code, /^[0-9A-HJKMNP-TV-Z]{8}$/);
    assert.deepEqual(room, {
      ...documented,
      room_id: 1,
      room_code: room.room_code,
      room_url: `${app.origin}/video/room/${room.room_code}`,
      waiting_room_for: "guests",
      is_locked: false,
      e2ee_required: false,
      created_at: room.created_at,
      created_by: user.user_id,
      is_active: true,
    });
  });

  await t.step("only the name is required", async () => {
    const body = { room_name: "Short" };
    const { status, body: short } = await app.ask("POST", "/video/rooms", { token, body });
    assert.equal(status, 201);
    assert.equal(short.max_participants, 50);
    assert.equal(short.is_private, false);
    assert.equal(short.recording_enabled, true);
    assert.equal(short.waiting_room_enabled, false);
  });

  await t.step("one room, by its code in any case", async () => {
    const { status, body } = await app.ask("GET", path.toLowerCase(), { token });
    assert.equal(status, 200);
    assert.deepEqual(body, room);
  });

  await t.step("a change answers the room as it is now", async () => {
    const body = { room_name: "Renamed", max_participants: 10, created_by: 99 };
    const changed = await app.ask("PATCH", path, { token, body });
    assert.equal(changed.status, 200);
    assert.deepEqual(changed.body, { ...room, room_name: "Renamed", max_participants: 10 });
    assert.deepEqual((await app.ask("GET", path, { token })).body, changed.body);
  });

  await t.step("others may look but not change or end it", async () => {
    const other = (await app.signIn("Bob")).token;
    assert.equal((await app.ask("GET", path, { token: other })).status, 200);
    const patched = await app.ask("PATCH", path, { token: other, body: { room_name: "Mine" } });
    assert.equal(patched.status, 403);
    assert.equal(patched.body.error_code, "FORBIDDEN");
    assert.equal((await app.ask("DELETE", path, { token: other })).status, 403);
  });

  await t.step("an ended room answers 410 to everything but leaving", async () => {
    await app.join(token, room.room_code);
    assert.equal((await app.ask("DELETE", path, { token })).status, 204);
    const calls: [string, string, unknown?][] = [
      ["GET", ""],
      ["PATCH", "", { room_name: "x" }],
      ["DELETE", ""],
      ["POST", "/join"],
      ["GET", "/participants"],
      ["GET", "/streams"],
    ];
    for (const [method, rest, body] of calls) {
      const answer = await app.ask(method, path + rest, { token, body });
      assert.equal(answer.status, 410, `${method} ${rest}`);
      assert.equal(answer.body.error_code, "ROOM_INACTIVE");
    }
    const link = `/api/rooms/${room.room_code}/generate-guest-link`;
    assert.equal((await app.ask("POST", link, { token })).status, 410);
    assert.equal((await app.ask("DELETE", `${path}/leave`, { token })).status, 204);
    const { body: rooms } = await app.ask<VideoRoom[]>("GET", "/video/rooms", { token });
    assert.equal(rooms.some(({ room_id }) => room_id === room.room_id), false);
  });

  await app.stop();
});

Deno.test("the list shows own rooms and everybody's public ones, newest first", async () => {
  const app = await startApp();
  const ann = (await app.signIn("Ann")).token;
  const bob = (await app.signIn("Bob")).token;
  const annPublic = await app.createRoom(ann, { room_name: "Ann public" });
  const annPrivate = await app.createRoom(ann, { room_name: "Ann private", is_private: true });
  const bobPublic = await app.createRoom(bob, { room_name: "Bob public" });
  const bobPrivate = await app.createRoom(bob, { room_name: "Bob private", is_private: true });
  const list = async (token: string, query = "") => {
    const { status, body } = await app.ask<VideoRoom[]>("GET", `/video/rooms${query}`, { token });
    assert.equal(status, 200);
    return body.map((room) => room.room_id);
  };

  const [a, b] = [annPublic.room_id, annPrivate.room_id];
  const [c, d] = [bobPublic.room_id, bobPrivate.room_id];
  assert.deepEqual(await list(ann), [c, b, a]);
  assert.deepEqual(await list(ann, "?limit=20&offset=0&is_private=false"), [c, a]);
  assert.deepEqual(await list(ann, "?is_private=true"), [b]);
  assert.deepEqual(await list(ann, "?mine=true"), [b, a]);
  assert.deepEqual(await list(ann, "?limit=1&offset=1"), [b]);
  assert.deepEqual(await list(ann, "?offset=3"), []);

  await app.join(ann, bobPrivate.room_code);
  assert.deepEqual(await list(ann), [d, c, b, a], "a private room is listed once joined");
  await app.ask("PATCH", `/video/rooms/${bobPublic.room_code}`, {
    token: bob,
    body: { is_private: true },
  });
  assert.deepEqual(await list(ann), [d, b, a]);
  for (const query of ["?limit=0", "?limit=101", "?offset=-1", "?is_private=yes", "?limit=x"]) {
    const answer = await app.ask("GET", `/video/rooms${query}`, { token: ann });
    assert.equal(answer.status, 400, query);
    assert.equal(answer.body.error_code, "VALIDATION_ERROR");
  }
  await app.stop();
});

Deno.test("more rooms than fit one read are listed in pages without gaps", async () => {
  const app = await startApp();
  const tokens = [(await app.signIn("Ann")).token, (await app.signIn("Bob")).token];
  for (let count = 0; count < 14; count++) await app.createRoom(tokens[count % 2]!);
  const seen: number[] = [];
  for (let offset = 0; offset < 15; offset += 5) {
    const query = `?limit=5&offset=${offset}`;
    const { body } = await app.ask<VideoRoom[]>("GET", `/video/rooms${query}`, {
      token: tokens[0],
    });
    seen.push(...body.map((room) => room.room_id));
  }
  assert.deepEqual(seen, [14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
  await app.stop();
});

Deno.test("a user makes ten rooms an hour, not more", async () => {
  const app = await startApp();
  const { token } = await app.signIn();
  for (let count = 0; count < 10; count++) await app.createRoom(token);
  const { status, headers, body } = await app.ask("POST", "/video/rooms", {
    token,
    body: { room_name: "Eleventh" },
  });
  assert.equal(status, 429);
  assert.equal(body.error_code, "TOO_MANY_REQUESTS");
  assert.ok(Number(headers.get("retry-after")) > 3_000);
  await app.stop();
});

Deno.test("guessing room codes ends in 429, and people of a room do not notice", async () => {
  const app = await startApp();
  const { token } = await app.signIn();
  const guesser = (await app.signIn("Guesser")).token;
  const room = await app.createRoom(token);
  const at = (code: string, ask: { token: string; from: string }) =>
    app.ask("GET", `/video/rooms/${code}`, ask);

  const guess = { token: guesser, from: "192.0.2.1" };
  for (let count = 0; count < 20; count++) {
    const { status, body } = await at(`AAAA${1000 + count}`, guess);
    assert.equal(status, 404);
    assert.equal(body.error_code, "ROOM_NOT_FOUND");
  }
  const refused = await at("AAAA9999", guess);
  assert.equal(refused.status, 429);
  assert.ok(Number(refused.headers.get("retry-after")) <= 60);
  assert.equal((await at(room.room_code, guess)).status, 429, "a hit looks like a miss");
  assert.equal((await at(room.room_code, { token, from: "192.0.2.1" })).status, 200);
  assert.equal((await at(room.room_code, { ...guess, from: "192.0.2.2" })).status, 200);
  await app.stop();
});
