/** Guest links of a room: listed without their tokens, revoked with everyone who came by them. */
import assert from "node:assert/strict";
import { Cast, nobody, type Person } from "./cast.ts";

async function make(cast: Cast, body: Record<string, unknown> = {}) {
  const path = cast.linkPath("/generate-guest-link");
  const { body: made } = await cast.ask(cast.host, "POST", path, { body });
  const list = await cast.ask(cast.host, "GET", cast.linkPath("/guest-links"));
  return { token: made.guest_token as string, row: list.body[0] };
}

async function come(cast: Cast, token: string, name: string): Promise<Person> {
  const who = nobody(name);
  const { status, body } = await cast.exchange(who, token);
  assert.equal(status, 200);
  return await cast.enter(
    Object.assign(who, { token: body.token, userId: body.user.user_id }),
  );
}

Deno.test("links are listed, newest first, and the tokens are not shown again", async () => {
  await using cast = await Cast.gather();
  const before = Date.now();
  const first = await make(cast, { expires_in: 3600, max_uses: 3, user_name: "Dr. Who" });
  const second = await make(cast);
  await come(cast, first.token, "Gina");
  const { status, body } = await cast.ask(cast.host, "GET", cast.linkPath("/guest-links"));
  assert.equal(status, 200);
  assert.deepEqual(body.map(({ link_id }: { link_id: string }) => link_id), [
    second.row.link_id,
    first.row.link_id,
  ]);
  const { link_id, created_at, expires_at, ...shown } = body[1];
  assert.match(link_id, /^[0-9a-f-]{36}$/);
  const lifetime = Date.parse(expires_at) - Date.parse(created_at);
  assert.equal(lifetime, 3600_000);
  assert.ok(Date.parse(created_at) >= before);
  assert.deepEqual(shown, {
    created_by: cast.host.userId,
    max_uses: 3,
    uses: 1,
    user_name: "Dr. Who",
    revoked_at: null,
  });
  assert.equal(JSON.stringify(body).includes(first.token.split(".")[2]!), false);
});

Deno.test("a revoked link lets nobody in and sends away who came by it", async () => {
  await using cast = await Cast.gather({ waiting_room_enabled: false });
  const host = await cast.enter(cast.host);
  const bad = await make(cast);
  const good = await make(cast);
  const gina = await come(cast, bad.token, "Gina");
  const gus = await come(cast, good.token, "Gus");
  await cast.ask(host, "PATCH", cast.path(), { body: { waiting_room_enabled: true } });
  const gwen = await come(cast, bad.token, "Gwen");
  assert.equal(gwen.joined.status, "waiting");

  const path = cast.linkPath(`/guest-links/${bad.row.link_id}`);
  assert.equal((await cast.ask(host, "DELETE", path)).status, 204);
  for (const guest of [gina, gwen]) {
    assert.equal((await guest.socket.closed).code, 4401);
    assert.equal((await cast.ask(guest, "GET", "/api/auth/me")).status, 401);
    assert.equal((await cast.join(guest)).status, 401);
    await assert.rejects(cast.connect(guest));
  }
  assert.equal((await host.socket.take("participant_left")).data.participant_id, gina.id);
  const { status, body } = await cast.exchange(nobody("Late"), bad.token);
  assert.deepEqual([status, body.error_code], [410, "GUEST_LINK_EXPIRED"]);
  assert.deepEqual(
    (await gus.socket.heardSoFar()).filter(({ type }) => type === "participant_left").length,
    1,
    "who came by another link stays",
  );
  const people = await cast.ask(host, "GET", cast.path("/participants"));
  assert.deepEqual(
    people.body.map(({ user_name }: { user_name: string }) => user_name),
    ["Hanna Host", "Gus"],
  );
  const list = await cast.ask(host, "GET", cast.linkPath("/guest-links"));
  const revoked = list.body.map(({ revoked_at }: { revoked_at: string | null }) => revoked_at);
  assert.deepEqual(revoked.map(Boolean), [false, true]);
  assert.equal((await cast.ask(host, "DELETE", path)).status, 204, "safe to repeat");
});

Deno.test("only those who lead, and only links of this room", async () => {
  await using cast = await Cast.gather();
  await cast.enter(cast.host);
  const { row } = await make(cast);
  const mona = await cast.enterAs("moderator", "Mona");
  const ann = await cast.enterAs("participant", "Ann");
  const gina = await cast.enterAs("guest", "Gina");
  const path = `/guest-links/${row.link_id}`;
  for (const [who, expected] of [[ann, 403], [gina, 403]] as const) {
    assert.equal((await cast.ask(who, "GET", cast.linkPath("/guest-links"))).status, expected);
    assert.equal((await cast.ask(who, "DELETE", cast.linkPath(path))).status, expected);
  }
  const other = await cast.app.createRoom(cast.host.token);
  for (const reference of [other.room_code, other.room_id]) {
    const { status } = await cast.ask(cast.host, "DELETE", `/api/rooms/${reference}${path}`);
    assert.equal(status, 404);
  }
  const unknown = cast.linkPath("/guest-links/nonsense");
  assert.equal((await cast.ask(cast.host, "DELETE", unknown)).status, 404);
  assert.equal((await cast.ask(mona, "GET", cast.linkPath("/guest-links"))).status, 200);
  const byId = `/api/rooms/${cast.room.room_id}${path}`;
  assert.equal((await cast.ask(mona, "DELETE", byId)).status, 204);
});
