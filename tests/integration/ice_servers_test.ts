/** Who may use the relay: people in a call, for six hours, and nobody else. */
import assert from "node:assert/strict";
import type { IceServer } from "../../lib/shared/protocol/participants.ts";
import { Cast, type Person } from "./cast.ts";

const STUN = "stun:turn.example.com:3478";
const TURN = [
  "turn:turn.example.com:3478?transport=udp",
  "turn:turn.example.com:3478?transport=tcp",
  "turns:[2001:db8::1]:5349?transport=tcp",
];
const VARIABLES = {
  WEBRTC_STUN_SERVERS: STUN,
  WEBRTC_TURN_SERVERS: TURN.join(","),
  WEBRTC_TURN_SECRET: "shared-with-coturn",
};

async function ask(cast: Cast, { token }: { token: string }): Promise<IceServer[]> {
  const { status, body } = await cast.app.ask("GET", "/api/ice-servers", { token });
  assert.equal(status, 200);
  return body.ice_servers;
}

function assertRelay(servers: readonly IceServer[], { userId }: Person): void {
  const [stun, turn] = servers;
  assert.deepEqual(stun, { urls: [STUN] });
  assert.deepEqual(turn?.urls, TURN);
  const [expires, user] = turn?.username?.split(":").map(Number) ?? [];
  assert.equal(user, userId);
  const seconds = (expires ?? 0) - Date.now() / 1_000;
  assert.ok(seconds <= 6 * 3_600 && seconds > 5 * 3_600, `good for ${seconds} s`);
  assert.match(turn?.credential ?? "", /^[A-Za-z0-9+/]{27}=$/);
}

Deno.test("relay credentials are for people in a call", async (t) => {
  await using cast = await Cast.gather({}, VARIABLES);
  const ann = await cast.user("Ann");

  await t.step("who signed in and is nowhere gets STUN only", async () => {
    assert.deepEqual(await ask(cast, ann), [{ urls: [STUN] }]);
    assert.equal((await cast.app.ask("GET", "/api/ice-servers")).status, 401);
  });

  await t.step("with the join answer, and again with session and participant token", async () => {
    const { body } = await cast.join(ann);
    assertRelay(body.ice_servers, ann);
    assertRelay(await ask(cast, ann), ann);
    assertRelay(await ask(cast, { token: body.session_token }), ann);
  });

  await t.step("not after leaving", async () => {
    const path = `/video/rooms/${cast.code}/leave`;
    assert.equal((await cast.app.ask("DELETE", path, { token: ann.token })).status, 204);
    assert.deepEqual(await ask(cast, ann), [{ urls: [STUN] }]);
  });
});

Deno.test("who waits gets no relay before being let in", async (t) => {
  await using cast = await Cast.gather({ waiting_room_enabled: true }, VARIABLES);
  await cast.enter(cast.host);
  const gina = await cast.guest("Gina");
  const { body } = await cast.join(gina);
  assert.equal(body.status, "waiting");

  await t.step("waiting", async () => {
    assert.deepEqual(body.ice_servers, []);
    for (const token of [gina.token, body.session_token]) {
      assert.deepEqual(await ask(cast, { token }), [{ urls: [STUN] }]);
    }
  });

  await t.step("admitted", async () => {
    const path = `/video/rooms/${cast.code}/participants/${body.participant_id}/admit`;
    const admitted = await cast.app.ask("POST", path, { token: cast.host.token });
    assert.ok(admitted.status < 300, JSON.stringify(admitted.body));
    assertRelay(await ask(cast, gina), gina);
  });
});
