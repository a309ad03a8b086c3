/** Roles: given, taken, kept; and a guest never takes a host's place. */
import assert from "node:assert/strict";
import type { Role } from "../../lib/shared/protocol/participants.ts";
import { until } from "../fixtures/poll.ts";
import { Cast, type Person } from "./cast.ts";

const give = (cast: Cast, by: Person, to: Person, role: Role) =>
  cast.ask(by, "POST", cast.path(`/participants/${to.id}/role`), { body: { role } });

Deno.test("the host gives roles; they hold at once, after leaving and after a restart", async () => {
  await using cast = await Cast.gather();
  const host = await cast.enter(cast.host);
  const ann = await cast.enter(await cast.user("Ann"));
  const ben = await cast.enter(await cast.user("Ben"));
  const forbidden = await cast.ask(ann, "POST", cast.path(`/participants/${ben.id}/mute`), {
    body: {},
  });
  assert.equal(forbidden.status, 403);

  host.socket.send({ type: "set-role", data: { participant_id: ann.id, role: "moderator" } });
  const { data } = await ann.socket.take("participant_updated");
  assert.deepEqual([data.role, data.permissions.can_mute_others], ["moderator", true]);
  assert.deepEqual(await cast.saw(ben), {
    action: "set_role",
    by: "Hanna Host",
    target: "Ann",
    role: "moderator",
  });
  ann.socket.send({ type: "mute-participant", data: { participant_id: ben.id } });
  assert.equal((await cast.saw(ben)).by, "Ann");

  await cast.ask(ann, "DELETE", cast.path("/leave"));
  assert.equal((await cast.join(ann)).body.role, "moderator");
  await cast.restart();
  await cast.enter(ann);
  assert.equal((await ann.socket.take("room_state")).data.self.role, "moderator");
});

Deno.test("moderators give no roles and touch nobody who leads", async () => {
  await using cast = await Cast.gather();
  const host = await cast.enter(cast.host);
  const mona = await cast.enterAs("moderator", "Mona");
  const max = await cast.enterAs("moderator", "Max");
  const ann = await cast.enterAs("participant", "Ann");
  assert.equal((await give(cast, mona, ann, "moderator")).status, 403);
  assert.equal((await give(cast, mona, mona, "host")).status, 403);
  for (const leader of [host, max]) {
    const { status } = await cast.ask(mona, "DELETE", cast.path(`/participants/${leader.id}`));
    assert.equal(status, 403);
  }
  assert.equal((await cast.ask(mona, "DELETE", cast.path())).status, 403, "nor end the room");
  assert.equal((await cast.ask(mona, "DELETE", cast.path(`/participants/${ann.id}`))).status, 204);
});

Deno.test("a guest leads at most as moderator; who signed in is never a guest", async () => {
  await using cast = await Cast.gather();
  const host = await cast.enter(cast.host);
  const gina = await cast.enterAs("guest", "Gina");
  const ann = await cast.enterAs("participant", "Ann");
  const asHost = await give(cast, host, gina, "host");
  assert.deepEqual([asHost.status, asHost.body.error_code, asHost.body.reason], [
    409,
    "CONFLICT",
    "guest",
  ]);
  assert.equal((await give(cast, host, gina, "moderator")).body.role, "moderator");
  host.socket.send({ type: "set-role", data: { participant_id: gina.id, role: "host" }, id: "r" });
  const { data } = await host.socket.take("error");
  assert.deepEqual([data.error_code, data.id], ["CONFLICT", "r"]);
  assert.equal((await give(cast, host, ann, "guest")).body.reason, "not_guest");
  assert.equal((await give(cast, host, gina, "guest")).body.role, "guest");
});

Deno.test("hosts share the room, and step down only while another one is known", async () => {
  await using cast = await Cast.gather();
  const host = await cast.enter(cast.host);
  const ann = await cast.enterAs("participant", "Ann");
  const alone = await give(cast, host, host, "participant");
  assert.deepEqual([alone.status, alone.body.reason], [409, "last_host"]);
  assert.equal((await give(cast, host, ann, "host")).body.role, "host");
  assert.equal((await give(cast, host, host, "participant")).body.role, "participant");
  assert.equal((await give(cast, host, ann, "participant")).status, 403, "leads no more");
  const list = await cast.ask(host, "GET", cast.path("/bans"));
  assert.equal(list.status, 403, "nor by REST");

  await cast.ask(host, "DELETE", cast.path("/leave"));
  assert.equal((await cast.join(host)).body.role, "host", "who made the room has it back");
  assert.equal((await give(cast, ann, ann, "participant")).status, 200, "the creator is known");
});

Deno.test("who is removed leads no more, except who made the room", async () => {
  await using cast = await Cast.gather();
  const host = await cast.enter(cast.host);
  const mona = await cast.enterAs("moderator", "Mona");
  const ann = await cast.enterAs("host", "Ann");
  await cast.ask(host, "DELETE", cast.path(`/participants/${mona.id}`));
  assert.equal((await cast.join(mona)).body.role, "participant");
  await cast.ask(ann, "DELETE", cast.path(`/participants/${host.id}`));
  assert.equal((await cast.join(host)).body.role, "host");
});

Deno.test("a new moderator sees who waits, a former one no more", async () => {
  await using cast = await Cast.gather({ waiting_room_enabled: true });
  const host = await cast.enter(cast.host);
  const ann = await cast.enterAs("participant", "Ann");
  await cast.enter(await cast.guest("Gina"));
  const seen = () => {
    const lists = ann.socket.inbox.filter(({ type }) => type === "waiting_list");
    return lists.map((message) => message.type === "waiting_list" && message.data.waiting.length);
  };
  await give(cast, host, ann, "moderator");
  await until("Ann sees the list", () => JSON.stringify(seen()) === "[1]");
  await give(cast, host, ann, "participant");
  await until("Ann forgets it", () => JSON.stringify(seen()) === "[1,0]");
  await cast.enter(await cast.guest("Gus"));
  await ann.socket.heardSoFar();
  assert.equal(ann.socket.transcript.some((text) => text.includes("Gus")), false);
});
