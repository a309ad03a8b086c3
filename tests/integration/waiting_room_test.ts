/** The waiting room over real HTTP and real sockets: let in, sent away, and nothing leaks before. */
import assert from "node:assert/strict";
import { MAX_WAITING } from "../../lib/shared/protocol/limits.ts";
import { OPERATIONS } from "../../lib/shared/protocol/operations.ts";
import { until } from "../fixtures/poll.ts";
import { Cast, type Person } from "./cast.ts";

const WAITING = { waiting_room_enabled: true };

/** Names in the list that a host last got, as far as something came. */
function lastList(host: Person): string[] | undefined {
  const lists = host.socket.inbox.filter(({ type }) => type === "waiting_list");
  const last = lists.at(-1);
  return last?.type === "waiting_list"
    ? last.data.waiting.map(({ user_name }) => user_name)
    : undefined;
}

const sees = (host: Person, names: string[]) =>
  until(
    `the host sees ${names.join(", ")} wait`,
    () => JSON.stringify(lastList(host)) === JSON.stringify(names),
  );

Deno.test("a guest waits, is let in over the same socket, and stays let in", async () => {
  await using cast = await Cast.gather(WAITING);
  const host = await cast.enter(cast.host);
  const gina = await cast.enter(await cast.guest("Gina"));

  const { body } = await cast.join(gina);
  assert.equal(body.status, "waiting");
  assert.deepEqual(body.room, { room_name: "Room", room_code: cast.code });
  assert.deepEqual(body.ice_servers, []);
  assert.deepEqual((await gina.socket.take("waiting_state")).data, {
    room_name: "Room",
    participant_id: gina.id,
    moderators_online: true,
  });
  const { data } = await host.socket.take("waiting_list");
  assert.deepEqual(
    data.waiting.map(({ participant_id, user_name, is_guest }) => {
      return { participant_id, user_name, is_guest };
    }),
    [{ participant_id: gina.id, user_name: "Gina", is_guest: true }],
  );

  host.socket.send({ type: "admit-participant", data: { participant_id: gina.id } });
  await gina.socket.take("admitted");
  const state = await gina.socket.take("room_state");
  assert.equal(state.data.self.participant_id, gina.id);
  assert.equal(state.data.participants.length, 2);
  assert.equal("waiting" in state.data, false);
  assert.equal((await host.socket.take("participant_joined")).data.participant_id, gina.id);
  const admitted = { action: "admit", by: "Hanna Host", target: "Gina" };
  assert.deepEqual(await cast.saw(host), admitted);
  assert.deepEqual(await cast.saw(gina), admitted);

  await cast.ask(gina, "DELETE", cast.path("/leave"));
  assert.equal((await cast.join(gina)).body.status, "joined", "once let in, always let in");
  await cast.ask(host, "DELETE", cast.path(`/participants/${gina.id}`));
  assert.equal((await cast.join(gina)).body.status, "waiting", "removed: ask again");
});

Deno.test("one and all, by REST and by socket, let in and sent away", async () => {
  await using cast = await Cast.gather(WAITING);
  const host = await cast.enter(cast.host);
  const people: Person[] = [];
  for (const name of ["Ann", "Ben", "Cat", "Dan", "Eve"]) {
    people.push(await cast.enter(await cast.guest(name)));
  }
  const [ann, ben, cat, dan, eve] = people as [Person, Person, Person, Person, Person];
  await sees(host, ["Ann", "Ben", "Cat", "Dan", "Eve"]);

  const one = await cast.ask(host, "POST", cast.path(`/participants/${ann.id}/admit`));
  assert.deepEqual([one.status, one.body.participant_id], [200, ann.id]);
  await ann.socket.take("room_state");
  const again = await cast.ask(host, "POST", cast.path(`/participants/${ann.id}/admit`));
  assert.equal(again.body.participant_id, ann.id, "two hosts may open at the same moment");

  const denied = await cast.ask(host, "POST", cast.path(`/participants/${ben.id}/deny`));
  assert.equal(denied.status, 204);
  await ben.socket.take("denied");
  assert.equal((await ben.socket.closed).code, 4406);
  // May ask again, but not at once.
  const tooSoon = await cast.ask(ben, "POST", cast.path("/join"));
  assert.deepEqual([tooSoon.status, tooSoon.body.error_code], [403, "DENIED"]);
  assert.match(tooSoon.body.detail, / \d+ s/);
  assert.equal(tooSoon.headers.get("retry-after"), String(tooSoon.body.retry_after));
  await sees(host, ["Cat", "Dan", "Eve"]);

  host.socket.send({ type: "deny-participant", data: { participant_id: cat.id } });
  assert.equal((await cat.socket.closed).code, 4406);
  await sees(host, ["Dan", "Eve"]);

  const all = await cast.ask(host, "POST", cast.path("/participants/all/admit"));
  assert.deepEqual(all.body.map(({ user_name }: { user_name: string }) => user_name), [
    "Dan",
    "Eve",
  ]);
  for (const person of [dan, eve]) await person.socket.take("room_state");
  const nobody = await cast.ask(host, "POST", cast.path("/participants/all/admit"));
  assert.deepEqual([nobody.status, nobody.body], [200, []]);

  const late = [
    await cast.enter(await cast.guest("Fay")),
    await cast.enter(await cast.guest("Gus")),
  ];
  await sees(host, ["Fay", "Gus"]);
  host.socket.send({ type: "deny-participant", data: {} });
  for (const person of late) assert.equal((await person.socket.closed).code, 4406);
  const gone = await cast.ask(host, "POST", cast.path(`/participants/${late[0]!.id}/admit`));
  assert.deepEqual([gone.status, gone.body.error_code], [404, "PARTICIPANT_NOT_FOUND"]);
});

Deno.test("the list of rooms tells of a room where one would wait no more than its door", async () => {
  const wish = { ...WAITING, waiting_room_for: "all" as const, room_description: "Secret plan" };
  await using cast = await Cast.gather(wish);
  const paula = await cast.user("Paula");
  const listed = async (who: Person) => {
    const { body } = await cast.ask(who, "GET", "/video/rooms");
    return body.find((room: { room_code: string }) => room.room_code === cast.code);
  };
  assert.equal((await listed(cast.host)).room_description, "Secret plan");
  const door = await cast.ask(paula, "GET", cast.path());
  assert.notEqual(door.status, 200);
  const seen = await listed(paula);
  assert.deepEqual([seen.room_name, seen.room_description], ["Room", ""]);
  assert.equal(JSON.stringify(seen).includes("Secret"), false);

  const host = await cast.enter(cast.host);
  const { body } = await cast.join(paula);
  await cast.ask(host, "POST", cast.path(`/participants/${body.participant_id}/admit`));
  assert.equal((await listed(paula)).room_description, "Secret plan");
});

Deno.test("nothing of the room leaks before somebody is let in", async (t) => {
  const secrets = ["Hanna Host", "Paula Participant", "Secret plan", "stream-of-paula", "v=0"];
  await using cast = await Cast.gather({ ...WAITING, room_description: "Secret plan" });
  const host = await cast.enter(cast.host);
  const paula = await cast.enterAs("participant", "Paula Participant");
  const gina = await cast.enter(await cast.guest("Gina"));
  const stranger = await cast.guest("Not asked yet");
  const said: string[] = [];

  await t.step("over the socket", async () => {
    const sdp = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n";
    const stream = {
      stream_type: "video",
      stream_id_webrtc: "stream-of-paula",
      is_active: true,
    };
    paula.socket.send({ type: "stream-update", data: stream });
    paula.socket.send({ type: "mute-audio", data: { muted: true } });
    paula.socket.send({ type: "offer", data: { type: "offer", sdp } });
    paula.socket.send({ type: "offer", data: { type: "offer", sdp }, to: gina.id });
    const refused = await paula.socket.take("error");
    assert.equal(refused.data.error_code, "PARTICIPANT_NOT_FOUND");
    host.socket.send({ type: "mute-participant", data: { participant_id: paula.id } });
    host.socket.send({ type: "lock-room", data: { locked: true } });
    host.socket.send({ type: "lock-room", data: { locked: false } });
    await until(
      "everything is done",
      () => host.socket.inbox.filter(({ type }) => type === "moderation").length === 3,
    );
    await paula.socket.close();
    gina.socket.send({ type: "offer", data: { type: "offer", sdp }, to: host.id });
    gina.socket.send({ type: "admit-participant", data: {} });
    gina.socket.send({ type: "raise-hand", data: { raised: true } });
    const heard = await gina.socket.heardSoFar();
    assert.deepEqual([...new Set(heard.map(({ type }) => type))], ["waiting_state", "error"]);
    const errors = heard.filter(({ type }) => type === "error");
    assert.equal(errors.length, 3);
    said.push(...gina.socket.transcript);
    assert.doesNotMatch(host.socket.transcript.join(), new RegExp(`"from":${gina.id}`));
  });

  await t.step("over every address of the room", async () => {
    const mayKnock = new Set(["joinRoom", "leaveRoom", "leaveRoomByBeacon"]);
    const operations = OPERATIONS.filter(({ path, id }) =>
      /^\/(video|api)\/rooms\/\{/.test(path) && !mayKnock.has(id)
    );
    assert.ok(operations.length > 12);
    for (const { method, path } of operations) {
      const address = path.replace("{room_code}", cast.code).replace("{room_id}", cast.code)
        .replace("{participant_id}", String(host.id)).replaceAll(/\{\w+\}/g, "1");
      const tokens = [gina.token, gina.joined.session_token, stranger.token];
      for (const token of tokens) {
        const body = method === "GET" || method === "DELETE" ? undefined : {};
        const { from } = gina;
        const answer = await cast.app.ask(method, address, { token, from, body });
        const got = [answer.status, answer.body.error_code];
        // What is wrong with a request may be said before who sent it is looked at.
        if (got[1] !== "VALIDATION_ERROR") assert.deepEqual(got, [403, "WAITING"], address);
        said.push(JSON.stringify(answer.body));
      }
    }
    const byId = `/api/rooms/${cast.room.room_id}/guest-links`;
    assert.equal((await cast.ask(gina, "GET", byId)).status, 404);
  });

  await t.step("on the page and in the answer to joining", async () => {
    const page = await cast.ask(gina, "GET", `/video/room/${cast.code}`);
    assert.equal(page.status, 200);
    said.push(page.body, JSON.stringify((await cast.join(gina)).body));
  });

  for (const secret of secrets) {
    assert.equal(said.some((text) => text.includes(secret)), false, `${secret} leaked`);
  }
});

Deno.test("a reload and a restart while waiting keep the turn", async (t) => {
  await using cast = await Cast.gather(WAITING);
  await cast.enter(cast.host);
  const gina = await cast.enter(await cast.guest("Gina"));
  const { data } = await cast.host.socket.take("waiting_list");
  const since = data.waiting[0]?.waiting_since;

  await t.step("a reload", async () => {
    await gina.socket.close();
    const { id } = gina;
    await cast.enter(gina);
    assert.equal(gina.id, id);
    await gina.socket.take("waiting_state");
    await sees(cast.host, ["Gina"]);
  });

  await t.step("a restart; the same token opens the socket again", async () => {
    await cast.restart();
    await cast.connect(gina);
    assert.equal((await gina.socket.take("waiting_state")).data.moderators_online, false);
    await cast.enter(cast.host);
    const { waiting } = (await cast.host.socket.take("room_state")).data;
    assert.equal(waiting?.[0]?.waiting_since, since);
    await until(
      "the guest sees the host come",
      () =>
        gina.socket.inbox.some((message) =>
          message.type === "waiting_state" && message.data.moderators_online
        ),
    );
  });

  await t.step("let in, restarted, still in", async () => {
    cast.host.socket.send({ type: "admit-participant", data: {} });
    await gina.socket.take("room_state");
    await cast.restart();
    await cast.connect(gina);
    await gina.socket.take("room_state");
  });
});

Deno.test("who goes away while waiting is forgotten", async () => {
  await using cast = await Cast.gather(WAITING, { RESUME_GRACE_SECONDS: "1" });
  await cast.enter(cast.host);
  const ann = await cast.enter(await cast.guest("Ann"));
  const ben = await cast.enter(await cast.guest("Ben"));
  const cat = await cast.enter(await cast.guest("Cat"));
  await sees(cast.host, ["Ann", "Ben", "Cat"]);
  ann.socket.send({ type: "leave" });
  assert.equal((await ann.socket.closed).code, 1000);
  await cast.ask(ben, "POST", cast.path("/leave"));
  assert.equal((await ben.socket.closed).code, 1000);
  await sees(cast.host, ["Cat"]);
  await cat.socket.close();
  await sees(cast.host, []);
  const gone = await cast.ask(cast.host, "POST", cast.path(`/participants/${cat.id}/admit`));
  assert.equal(gone.status, 404);
});

Deno.test("for guests only, or for everybody but those who lead", async () => {
  await using cast = await Cast.gather(WAITING);
  const [ann, ben] = [await cast.user("Ann"), await cast.user("Ben")];
  assert.equal((await cast.join(ann)).body.status, "joined");
  const patch = (body: unknown) => cast.ask(cast.host, "PATCH", cast.path(), { body });
  await patch({ waiting_room_for: "all" });
  assert.equal((await cast.join(ben)).body.status, "waiting");
  assert.equal((await cast.join(ann)).body.status, "joined", "she was in before");
  assert.equal((await cast.join(cast.host)).body.status, "joined");
  const mine = await cast.ask(ben, "GET", "/video/rooms?mine=true");
  assert.deepEqual(mine.body, [], "who was never in has no room there");
});

Deno.test("opening the door lets in who need not wait any more", async () => {
  await using cast = await Cast.gather({ ...WAITING, waiting_room_for: "all" });
  await cast.enter(cast.host);
  const ann = await cast.enter(await cast.user("Ann"));
  const gina = await cast.enter(await cast.guest("Gina"));
  const patch = (body: unknown) => cast.ask(cast.host, "PATCH", cast.path(), { body });
  await patch({ waiting_room_for: "guests" });
  await ann.socket.take("room_state");
  await sees(cast.host, ["Gina"]);
  await patch({ waiting_room_enabled: false });
  await gina.socket.take("room_state");
  await sees(cast.host, []);
});

Deno.test("waiting takes no place; letting in does", async () => {
  await using cast = await Cast.gather({ ...WAITING, max_participants: 2 });
  await cast.enter(cast.host);
  const ann = await cast.enter(await cast.guest("Ann"));
  const ben = await cast.enter(await cast.guest("Ben"));
  const all = await cast.ask(cast.host, "POST", cast.path("/participants/all/admit"));
  assert.deepEqual(all.body.map(({ user_name }: { user_name: string }) => user_name), ["Ann"]);
  await ann.socket.take("room_state");
  const full = await cast.ask(cast.host, "POST", cast.path(`/participants/${ben.id}/admit`));
  assert.deepEqual([full.status, full.body.error_code], [409, "ROOM_FULL"]);
  cast.host.socket.send({ type: "admit-participant", data: {}, id: "mine" });
  const { data } = await cast.host.socket.take("error");
  assert.deepEqual([data.error_code, data.id], ["ROOM_FULL", "mine"]);
  await sees(cast.host, ["Ben"]);
});

Deno.test("the waiting room has an end", async () => {
  await using cast = await Cast.gather({ ...WAITING, waiting_room_for: "all" });
  for (let count = 0; count < MAX_WAITING; count++) {
    const answer = await cast.join(await cast.user(`P${count}`));
    assert.equal(answer.status, 200);
  }
  const { status, body } = await cast.join(await cast.user("One too many"));
  assert.deepEqual([status, "error_code" in body && body.error_code], [409, "ROOM_FULL"]);
});

Deno.test("who waits when the room ends, or signs out, hears it", async () => {
  await using cast = await Cast.gather({ ...WAITING, waiting_room_for: "all" });
  await cast.enter(cast.host);
  const ann = await cast.enter(await cast.user("Ann"));
  const ben = await cast.enter(await cast.user("Ben"));
  await cast.ask(ann, "POST", "/api/auth/logout");
  assert.equal((await ann.socket.closed).code, 4401);
  await sees(cast.host, ["Ben"]);
  await cast.ask(cast.host, "DELETE", cast.path());
  assert.equal((await ben.socket.closed).code, 4410);
  assert.doesNotMatch(ben.socket.transcript.join(), /ended_by|Hanna/);
});
