/** Moderation over real HTTP and real sockets: both doors, one effect, and everyone sees it. */
import assert from "node:assert/strict";
import type { VideoParticipant } from "../../lib/shared/protocol/participants.ts";
import { RETURN_SECONDS } from "../../lib/shared/protocol/limits.ts";
import { until } from "../fixtures/poll.ts";
import { Api } from "../fixtures/api.ts";
import { Product } from "../fixtures/product.ts";
import { SocketClient } from "../fixtures/socket_client.ts";
import { Cast, nobody, type Person } from "./cast.ts";

/** The next news of somebody, as `viewer` hears it. */
async function newsOf(viewer: Person, of: Person): Promise<VideoParticipant> {
  return await until(`news of ${of.name}`, () => {
    const index = viewer.socket.inbox.findIndex((message) =>
      message.type === "participant_updated" && message.data.participant_id === of.id
    );
    return index < 0 ? null : viewer.socket.inbox.splice(index, 1)[0]!.data as VideoParticipant;
  });
}

const mutePath = (cast: Cast, who: Person | "all") =>
  cast.path(`/participants/${who === "all" ? who : who.id}/mute`);

Deno.test("a mute is a fact that everyone hears, with who did it", async (t) => {
  await using cast = await Cast.gather();
  const host = await cast.enter(cast.host);
  const ann = await cast.enter(await cast.user("Ann"));
  const ben = await cast.enter(await cast.user("Ben"));

  await t.step("by socket", async () => {
    host.socket.send({ type: "mute-participant", data: { participant_id: ann.id } });
    for (const viewer of [host, ann, ben]) {
      assert.equal((await newsOf(viewer, ann)).is_muted, true);
      assert.deepEqual(await cast.saw(viewer), {
        action: "mute",
        by: "Hanna Host",
        target: "Ann",
        media: "audio",
        locked: false,
      });
    }
  });

  await t.step("not locked: Ann may switch on again", async () => {
    ann.socket.send({ type: "mute-audio", data: { muted: false } });
    assert.equal((await newsOf(ben, ann)).is_muted, false);
  });

  await t.step("by REST, another medium", async () => {
    const body = { media: "screen" };
    ann.socket.send({ type: "start-screen-share" });
    assert.equal((await newsOf(ben, ann)).is_screen_sharing, true);
    const answer = await cast.ask(host, "POST", mutePath(cast, ann), { body });
    assert.deepEqual([answer.status, answer.body.is_screen_sharing], [200, false]);
    assert.equal((await newsOf(ben, ann)).is_screen_sharing, false);
    assert.equal((await cast.saw(ben)).media, "screen");
  });

  await t.step("nobody is switched on by others", async () => {
    ann.socket.send({ type: "mute-audio", data: { muted: true } });
    await newsOf(ben, ann);
    const body = { muted: false };
    const answer = await cast.ask(host, "POST", mutePath(cast, ann), { body });
    assert.deepEqual([answer.status, answer.body.is_muted], [200, true]);
    assert.equal((await newsOf(ben, ann)).is_muted, true);
    assert.equal((await cast.saw(ben)).action, "unlock");
  });
});

Deno.test("what is locked stays off: commands, a reload and a restart do not help", async () => {
  await using cast = await Cast.gather();
  const host = await cast.enter(cast.host);
  const ann = await cast.enter(await cast.user("Ann"));
  const lock = (media: string) =>
    cast.ask(host, "POST", mutePath(cast, ann), { body: { media, locked: true } });
  for (const media of ["audio", "video", "screen"]) assert.equal((await lock(media)).status, 200);
  const commands = [
    { type: "mute-audio", data: { muted: false }, id: "a" },
    { type: "mute-video", data: { muted: false }, id: "b" },
    { type: "start-screen-share", id: "c" },
  ];
  for (const command of commands) {
    ann.socket.send(command);
    const { data } = await ann.socket.take("error");
    assert.deepEqual([data.error_code, data.locked, data.id], ["FORBIDDEN", true, command.id]);
  }

  const isOff = (person: VideoParticipant) =>
    [person.is_muted, !person.is_video_enabled, !person.is_screen_sharing].every(Boolean);
  await ann.socket.close();
  await cast.enter(ann, { is_muted: false, is_video_enabled: true });
  assert.ok(isOff((await ann.socket.take("room_state")).data.self), "a reload");
  await cast.restart();
  await cast.connect(ann);
  const { self } = (await ann.socket.take("room_state")).data;
  assert.ok(isOff(self) && self.is_audio_locked, "a restart");

  await cast.enter(host);
  host.socket.send({
    type: "mute-participant",
    data: { participant_id: ann.id, media: "audio", muted: false },
  });
  await until("unlocked", async () => !(await newsOf(ann, ann)).is_audio_locked);
  ann.socket.send({ type: "mute-audio", data: { muted: false } });
  assert.equal((await newsOf(ann, ann)).is_muted, false);
});

Deno.test("mute all: everyone whom the sender may mute, and not the sender", async () => {
  await using cast = await Cast.gather();
  await cast.enter(cast.host);
  const mona = await cast.enterAs("moderator", "Mona");
  const ann = await cast.enterAs("participant", "Ann");
  const gina = await cast.enterAs("guest", "Gina");

  mona.socket.send({ type: "mute-participant", data: { media: "video" } });
  for (const person of [ann, gina]) {
    assert.equal((await newsOf(gina, person)).is_video_enabled, false);
  }
  const all = await cast.ask(mona, "POST", mutePath(cast, "all"), { body: { locked: true } });
  assert.deepEqual(
    all.body.map(({ user_name }: VideoParticipant) => user_name).sort(),
    ["Ann", "Gina"],
  );
  const { body } = await cast.ask(mona, "GET", cast.path("/participants"));
  const muted = body.filter((person: VideoParticipant) => person.is_muted);
  assert.deepEqual(muted.map(({ user_name }: VideoParticipant) => user_name), ["Ann", "Gina"]);
  const event = await until(
    "told about all",
    () =>
      cast.host.socket.inbox.find((message) =>
        message.type === "moderation" && message.data.media === "audio"
      ),
  );
  assert.deepEqual(event.data, {
    action: "mute",
    by: { participant_id: mona.id, user_name: "Mona" },
    target: null,
    media: "audio",
    locked: true,
  });
});

Deno.test("removed by socket or by REST: gone, told why, and may come back", async () => {
  await using cast = await Cast.gather();
  const host = await cast.enter(cast.host);
  const ann = await cast.enter(await cast.user("Ann"));
  const ben = await cast.enter(await cast.user("Ben"));
  host.socket.send({ type: "remove-participant", data: { participant_id: ann.id } });
  const removed = { action: "remove", by: "Hanna Host", target: "Ann" };
  assert.deepEqual(await cast.saw(ann), removed, "who is removed hears by whom");
  assert.equal((await ann.socket.closed).code, 4403);
  assert.deepEqual(await cast.saw(ben), removed);
  assert.deepEqual((await ben.socket.take("participant_left")).data, {
    participant_id: ann.id,
    user_id: ann.userId,
    reason: "removed",
  });
  const { status } = await cast.ask(host, "DELETE", cast.path(`/participants/${ben.id}`));
  assert.equal(status, 204);
  assert.equal((await ben.socket.closed).code, 4403);
  const list = await cast.ask(host, "GET", cast.path("/participants"));
  assert.equal(list.body.length, 1);
  await assert.rejects(cast.connect(ann), "a place must be taken anew");
  await cast.enter(ann);
  const gone = await cast.ask(host, "DELETE", cast.path(`/participants/${ben.id}`));
  assert.deepEqual([gone.status, gone.body.error_code], [404, "PARTICIPANT_NOT_FOUND"]);
  const self = await cast.ask(host, "DELETE", cast.path(`/participants/${host.id}`));
  assert.deepEqual([self.status, self.body.reason], [409, "yourself"]);
});

/** As if more time had passed since everybody left than a page needs to load again. */
async function leftLongAgo({ app }: Cast): Promise<void> {
  const { kv } = app.container;
  for await (const { key, value } of kv.list<{ left_at?: unknown }>({ prefix: [] })) {
    if (typeof value !== "object" || typeof value?.left_at !== "string") continue;
    const left_at = new Date(Date.parse(value.left_at) - RETURN_SECONDS * 1000).toISOString();
    await kv.set(key, { ...value, left_at });
  }
}

Deno.test("a locked room lets nobody new in; its people and those who lead come back", async () => {
  await using cast = await Cast.gather();
  const host = await cast.enter(cast.host);
  const mona = await cast.enterAs("moderator", "Mona");
  const ann = await cast.enter(await cast.user("Ann"), { capabilities: ["mesh-1"] });
  const gina = await cast.guest("Gina");
  host.socket.send({ type: "lock-room", data: { locked: true } });
  assert.equal((await ann.socket.take("room_updated")).data.is_locked, true);
  const lock = await until("the lock is told", async () => {
    const seen = await cast.saw(ann);
    return seen.action === "lock_room" && seen;
  });
  assert.equal(lock.by, "Hanna Host");

  for (const stranger of [await cast.user("Ben"), gina]) {
    const { status, body } = await cast.join(stranger);
    assert.deepEqual([status, "error_code" in body && body.error_code], [403, "ROOM_LOCKED"]);
  }
  assert.equal((await cast.join(ann)).status, 200, "holds a place");
  await cast.ask(mona, "DELETE", cast.path("/leave"));
  assert.equal((await cast.join(mona)).status, 200, "leads");
  await cast.ask(ann, "DELETE", cast.path("/leave"));
  assert.equal((await cast.join(ann)).status, 200, "was here a moment ago: a page loaded again");
  await cast.ask(ann, "DELETE", cast.path("/leave"));
  await leftLongAgo(cast);
  assert.equal((await cast.join(ann)).status, 403, "gave the place up");
  const removed = await cast.enter(mona);
  await cast.ask(host, "POST", cast.path(`/participants/${removed.id}/role`), {
    body: { role: "participant" },
  });
  await cast.ask(host, "DELETE", cast.path(`/participants/${removed.id}`));
  assert.equal((await cast.join(mona)).status, 403, "was sent away");
  await cast.ask(host, "PATCH", cast.path(), { body: { is_locked: false } });
  await cast.join(mona);
  await cast.ask(host, "POST", cast.path(`/participants/${mona.id}/role`), {
    body: { role: "moderator" },
  });
  await cast.ask(host, "PATCH", cast.path(), { body: { is_locked: true } });

  await cast.restart();
  assert.equal((await cast.join(ann)).status, 403, "locks survive a restart");
  await cast.enter(mona);
  const body = { is_locked: false };
  const open = await cast.ask(mona, "PATCH", cast.path(), { body });
  assert.deepEqual([open.status, open.body.is_locked], [200, false]);
  const seen = await cast.saw(mona);
  assert.deepEqual([seen.action, seen.by], ["unlock_room", "Mona"]);
  assert.equal((await cast.join(ann)).status, 200);
});

Deno.test("a refused order changes nothing and names the order", async () => {
  await using cast = await Cast.gather();
  const host = await cast.enter(cast.host);
  const ann = await cast.enter(await cast.user("Ann"));
  await host.socket.heardSoFar();
  const orders = [
    ["mute-participant", { participant_id: host.id }, "FORBIDDEN"],
    ["remove-participant", { participant_id: host.id }, "FORBIDDEN"],
    ["lock-room", { locked: true }, "FORBIDDEN"],
    ["set-role", { participant_id: ann.id, role: "host" }, "FORBIDDEN"],
  ] as const;
  for (const [type, data, code] of orders) {
    ann.socket.send({ type, data, id: type });
    const refusal = (await ann.socket.take("error")).data;
    assert.deepEqual([refusal.error_code, refusal.id], [code, type]);
  }
  host.socket.send({ type: "mute-participant", data: { participant_id: 999 }, id: "x" });
  assert.equal((await host.socket.take("error")).data.error_code, "PARTICIPANT_NOT_FOUND");
  assert.deepEqual(await host.socket.heardSoFar(), []);
});

Deno.test("who made the room moderates by REST without being in it", async () => {
  await using cast = await Cast.gather();
  const ann = await cast.enter(await cast.user("Ann"));
  const answer = await cast.ask(cast.host, "POST", mutePath(cast, ann), { body: {} });
  assert.equal(answer.status, 200);
  const { data } = await ann.socket.take("moderation");
  assert.deepEqual(data.by, { participant_id: null, user_name: "Hanna Host" });
});

Deno.test("ended sessions close their live sockets", async () => {
  await using cast = await Cast.gather();
  const host = await cast.enter(cast.host);
  const ann = await cast.enter(await cast.user("Ann"));
  await cast.ask(ann, "POST", "/api/auth/logout");
  assert.equal((await ann.socket.closed).code, 4401);
  assert.equal((await host.socket.take("participant_left")).data.participant_id, ann.id);
  assert.equal((await cast.ask(host, "GET", cast.path("/participants"))).body.length, 1);
  await assert.rejects(cast.connect(ann));
  const who = nobody("Nobody");
  assert.equal((await cast.ask({ ...who, token: "x" }, "POST", mutePath(cast, "all"))).status, 401);
});

Deno.test("a mute while somebody is away holds until they have seen it and unmute", async () => {
  await using cast = await Cast.gather();
  const host = await cast.enter(cast.host);
  const ann = await cast.enter(await cast.user("Ann"), { capabilities: ["mesh-1"] });
  await ann.socket.close(3000);
  await until("Ann is away", async () => {
    const { data } = await host.socket.take("participant_updated");
    return data.participant_id === ann.id && !data.is_online;
  });
  host.socket.send({ type: "mute-participant", data: { participant_id: ann.id } });
  await until("Ann is muted", async () => {
    const { data } = await host.socket.take("participant_updated");
    return data.participant_id === ann.id && data.is_muted;
  });

  // The client comes back, and says how its devices were before it has heard of the order.
  await cast.join(ann, { capabilities: ["mesh-1"], is_muted: false });
  await cast.connect(ann);
  ann.socket.send({ type: "mute-audio", data: { muted: false } });
  assert.equal((await ann.socket.take("room_state")).data.self.is_muted, true);
  const { data: order } = await ann.socket.take("moderation");
  assert.deepEqual([order.action, order.target?.participant_id], ["mute", ann.id]);
  await ann.socket.heardSoFar();
  const muted = async () => {
    const { body } = await cast.ask(host, "GET", cast.path("/participants"));
    return body.find((row: { user_name: string }) => row.user_name === "Ann").is_muted;
  };
  await until("REST says so, too", muted);

  // It obeys, and then its person speaks again.
  ann.socket.send({ type: "mute-audio", data: { muted: true } });
  ann.socket.send({ type: "mute-audio", data: { muted: false } });
  await until("Ann is heard again", async () => !await muted());
});

Deno.test("a mute while somebody is away survives SIGKILL of the server", async () => {
  await using product = await Product.start();
  const [host, ann] = await Promise.all(
    ["Hanna", "Ann"].map((name) => Api.signIn(product.origin, name)),
  ) as [Api, Api];
  const { room_code: code } = await host.createRoom();
  const wish = { capabilities: ["mesh-1"], is_muted: false };
  const joined = await ann.join(code, wish);
  const { participant_id } = joined;
  {
    await using socket = await SocketClient.open(joined);
    await socket.take("room_state");
    await socket.close(3000);
  }
  const row = async () => (await host.participants(code))[0]!;
  await until("Ann is away", async () => !(await row()).is_online);
  await host.call("POST", `/video/rooms/${code}/participants/${participant_id}/mute`, {});
  assert.equal((await row()).is_muted, true);

  await product.restart();
  await using again = await SocketClient.open(await ann.join(code, wish));
  again.send({ type: "mute-audio", data: { muted: false } });
  assert.equal((await again.take("room_state")).data.self.is_muted, true);
  const { data: order } = await again.take("moderation");
  assert.deepEqual([order.action, order.target?.participant_id], ["mute", participant_id]);
  await again.heardSoFar();
  assert.equal((await row()).is_muted, true);

  // Seen and obeyed; after another restart that is still so.
  again.send({ type: "mute-audio", data: { muted: true } });
  again.send({ type: "raise-hand", data: { raised: true } });
  await until("it is written down", async () => (await row()).is_hand_raised);
  await product.restart();
  await using last = await SocketClient.open(joined);
  await last.take("room_state");
  last.send({ type: "mute-audio", data: { muted: false } });
  await until("Ann is heard again", async () => !(await row()).is_muted);
  assert.deepEqual(last.inbox.filter(({ type }) => type === "moderation"), []);
});
