/** Joining, leaving and capacity (video-api.ru.md, "Участники" and "Обработка ошибок"). */
import assert from "node:assert/strict";
import { JoinAnswer, VideoParticipant } from "../../lib/shared/protocol/participants.ts";
import { startApp } from "./app.ts";

const STUN = "stun:stun.example.com:3478";

Deno.test("people join, are listed, leave and come back", async (t) => {
  const app = await startApp({ WEBRTC_STUN_SERVERS: STUN });
  const ann = await app.signIn("Ann");
  const bob = await app.signIn("Bob");
  const room = await app.createRoom(ann.token);
  const path = `/video/rooms/${room.room_code}`;
  const joined = await app.join(ann.token, room.room_code);
  const list = async () =>
    (await app.ask("GET", `${path}/participants`, { token: bob.token })).body;

  await t.step("the creator is the host; the answer has all it takes to connect", () => {
    assert.equal(joined.status, 200);
    assert.deepEqual(JoinAnswer.parse(joined.body), joined.body);
    const { body } = joined;
    const host = app.origin.replace("http:", "ws:");
    assert.deepEqual(body, {
      participant_id: 1,
      room_id: room.room_id,
      user_id: ann.user.user_id,
      user_name: "Ann",
      user_avatar: null,
      joined_at: body.joined_at,
      is_online: false,
      is_muted: false,
      is_video_enabled: true,
      is_screen_sharing: false,
      is_hand_raised: false,
      is_audio_locked: false,
      is_video_locked: false,
      is_screen_locked: false,
      is_guest: false,
      role: "host",
      permissions: { can_mute_others: true, can_remove_others: true, can_start_recording: true },
      capabilities: [],
      status: "joined",
      session_token: body.session_token,
      ws_url: `${host}/video/ws/${room.room_code}/${ann.user.user_id}`,
      ice_servers: [{ urls: [STUN] }],
      room,
    });
  });

  await t.step("others are participants and may bring wishes", async () => {
    const body = {
      user_name: "  Bobby  ",
      is_muted: true,
      is_video_enabled: false,
      capabilities: ["mesh-1", "from-the-future"],
    };
    const answer = await app.join(bob.token, room.room_code, { body });
    assert.equal(answer.body.role, "participant");
    assert.equal(answer.body.user_name, "Bobby");
    assert.equal(answer.body.is_muted, true);
    assert.equal(answer.body.is_video_enabled, false);
    assert.deepEqual(answer.body.capabilities, ["mesh-1"]);
    assert.deepEqual(answer.body.permissions, {
      can_mute_others: false,
      can_remove_others: false,
      can_start_recording: false,
    });
  });

  await t.step("the list has the documented fields", async () => {
    const rows = await list();
    assert.deepEqual(rows.map((row: unknown) => VideoParticipant.parse(row)), rows);
    const names = rows.map((row: VideoParticipant) => row.user_name);
    assert.deepEqual(names, ["Ann", "Bobby"]);
  });

  await t.step("joining again is the same participant", async () => {
    const again = await app.join(ann.token, room.room_code);
    assert.equal(again.body.participant_id, 1);
    assert.equal(again.body.joined_at, joined.body.joined_at);
    assert.equal((await list()).length, 2);
  });

  await t.step(
    "leaving frees the place, may be repeated, and coming back keeps id and role",
    async () => {
      assert.equal((await app.ask("DELETE", `${path}/leave`, { token: ann.token })).status, 204);
      assert.equal((await app.ask("DELETE", `${path}/leave`, { token: ann.token })).status, 204);
      assert.equal((await list()).length, 1);
      const back = await app.join(ann.token, room.room_code);
      assert.equal(back.body.participant_id, 1);
      assert.equal(back.body.role, "host");
    },
  );

  await t.step("a page that goes away leaves by POST", async () => {
    const answer = await app.ask("POST", `${path}/leave`, { token: bob.token });
    assert.equal(answer.status, 204);
    assert.equal((await list()).length, 1);
  });

  await t.step("who never joined cannot leave", async () => {
    const { token } = await app.signIn("Eve");
    const answer = await app.ask("DELETE", `${path}/leave`, { token });
    assert.equal(answer.status, 404);
    assert.equal(answer.body.error_code, "PARTICIPANT_NOT_FOUND");
  });

  await t.step(
    "a participant token serves its own room only, and begins no other stay",
    async () => {
      const token = (await app.join(bob.token, room.room_code)).body.session_token;
      assert.equal((await app.ask("GET", `${path}/participants`, { token })).status, 200);
      assert.equal((await app.ask("GET", "/api/ice-servers", { token })).status, 200);
      assert.equal((await app.ask("GET", "/api/auth/me", { token })).body.user_name, "Bob");
      assert.equal((await app.join(token, room.room_code)).status, 403);
      assert.equal((await app.ask("GET", "/video/rooms", { token })).status, 403);
      const other = await app.createRoom(ann.token);
      const foreign = await app.ask("GET", `/video/rooms/${other.room_code}`, { token });
      assert.equal(foreign.status, 404);
      assert.equal((await app.ask("DELETE", `${path}/leave`, { token })).status, 204);
    },
  );

  await t.step("a row is never read from the body", async () => {
    const body = { role: "host", user_id: ann.user.user_id, participant_id: 1 };
    const answer = await app.join(bob.token, room.room_code, { body });
    assert.equal(answer.body.role, "participant");
    assert.equal(answer.body.user_id, bob.user.user_id);
  });

  await t.step("no stream is sent yet", async () => {
    const answer = await app.ask("GET", `${path}/streams`, { token: bob.token });
    assert.equal(answer.status, 200);
    assert.deepEqual(answer.body, []);
  });

  await t.step("after a join by token, a plain WebSocket gets in by the cookie", async () => {
    const cookies = joined.headers.getSetCookie();
    const cookie = cookies.find((each) => each.startsWith("vc_participant=")) ?? "";
    assert.match(cookie, new RegExp(`Path=/video/ws/${room.room_code}/${ann.user.user_id};`));
    assert.match(cookie, /HttpOnly; SameSite=Lax$/);
    // Deno's WebSocket takes headers, the types of browsers do not know it.
    const headers = { cookie: cookie.split(";")[0]!, origin: app.origin };
    const socket = new WebSocket(joined.body.ws_url, { headers } as never);
    const first = await new Promise<MessageEvent>((resolve, reject) => {
      socket.onmessage = resolve;
      socket.onerror = reject;
    });
    const { type, data } = JSON.parse(first.data);
    assert.deepEqual([type, data.self.participant_id], ["room_state", 1]);
    const closed = new Promise((resolve) => socket.onclose = resolve);
    socket.close();
    await closed;
  });

  await app.stop();
});

Deno.test("of sixty who join at once, exactly fifty get in", async () => {
  const app = await startApp();
  const host = await app.signIn("Host");
  const room = await app.createRoom(host.token, { max_participants: 50 });
  const address = (index: number) => `192.0.2.${index}`;
  const guests = [];
  for (let index = 0; index < 60; index++) {
    guests.push(await app.guest(host.token, room.room_code, address(index)));
  }
  const answers = await Promise.all(
    guests.map(({ token }, index) =>
      app.join(token, room.room_code, {
        from: address(index),
        headers: { "accept-language": "ru" },
      })
    ),
  );
  const admitted = answers.filter(({ status }) => status === 200);
  const refused = answers.filter(({ status }) => status !== 200);
  assert.equal(admitted.length, 50);
  assert.equal(new Set(admitted.map(({ body }) => body.participant_id)).size, 50);
  for (const { status, body } of refused) {
    assert.equal(status, 409);
    assert.deepEqual(body, {
      detail: "Комната переполнена",
      error_code: "ROOM_FULL",
      max_participants: 50,
      current_participants: 50,
    });
  }

  // Who is inside comes back; a place that is left goes to the next one, once.
  const inside = guests[answers.findIndex(({ status }) => status === 200)]!.token;
  const outside = guests[answers.findIndex(({ status }) => status !== 200)]!.token;
  assert.equal((await app.join(inside, room.room_code)).status, 200);
  assert.equal((await app.join(outside, room.room_code)).status, 409);
  await app.ask("DELETE", `/video/rooms/${room.room_code}/leave`, { token: inside });
  assert.equal((await app.join(outside, room.room_code)).status, 200);
  assert.equal((await app.join(inside, room.room_code)).status, 409);
  await app.stop();
});

Deno.test("one user who joins many times at once is one participant", async () => {
  const app = await startApp();
  const { token } = await app.signIn();
  const room = await app.createRoom(token, { max_participants: 2 });
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => app.join(token, room.room_code)),
  );
  assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200]));
  assert.equal(new Set(answers.map(({ body }) => body.participant_id)).size, 1);
  await app.stop();
});

Deno.test("thirty joins a minute and address, not more", async () => {
  const app = await startApp();
  const { token } = await app.signIn();
  const { room_code } = await app.createRoom(token);
  for (let count = 0; count < 30; count++) {
    assert.equal((await app.join(token, room_code, { from: "192.0.2.7" })).status, 200);
  }
  assert.equal((await app.join(token, room_code, { from: "192.0.2.7" })).status, 429);
  assert.equal((await app.join(token, room_code, { from: "192.0.2.8" })).status, 200);
  await app.stop();
});

Deno.test("a restart keeps rooms, places, roles and sessions", async () => {
  const first = await startApp();
  const { token } = await first.signIn();
  const room = await first.createRoom(token);
  const { participant_id } = (await first.join(token, room.room_code)).body;
  const second = await first.restart();
  const shown = await second.ask("GET", `/video/rooms/${room.room_code}`, { token });
  const room_url = room.room_url.replace(first.origin, second.origin);
  assert.deepEqual(shown.body, { ...room, room_url });
  const path = `/video/rooms/${room.room_code}/participants`;
  const { body } = await second.ask<VideoParticipant[]>("GET", path, { token });
  assert.deepEqual(body.map((row) => [row.participant_id, row.role]), [[participant_id, "host"]]);
  const back = await second.join(token, room.room_code);
  assert.equal(back.body.participant_id, participant_id);
  await second.stop();
});

Deno.test("a room that demands encryption takes only programs that can do it", async () => {
  const app = await startApp();
  const { token } = await app.signIn();
  const wish = { room_name: "Encrypted", e2ee_required: true };
  const { body: room } = await app.ask("POST", "/video/rooms", { token, body: wish });
  assert.equal(room.e2ee_required, true);
  const path = `/video/rooms/${room.room_code}/join`;
  for (const capabilities of [undefined, [], ["mesh-1"]]) {
    const { status, body } = await app.ask("POST", path, { token, body: { capabilities } });
    assert.deepEqual([status, body.error_code], [403, "ENCRYPTION_REQUIRED"]);
  }
  const able = await app.ask("POST", path, { token, body: { capabilities: ["e2ee-1"] } });
  assert.equal(able.status, 200);
});
