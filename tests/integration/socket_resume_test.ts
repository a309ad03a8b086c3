/** Broken sockets and a broken server: same person, same place (security, "Signaling rules"). */
import assert from "node:assert/strict";
import { until } from "../fixtures/poll.ts";
import { RoomOnStage } from "../fixtures/room_on_stage.ts";
import { Cable } from "../fixtures/wire.ts";

const MESH = { capabilities: ["mesh-1"] };
const SDP = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n";

function portOf(origin: string): number {
  return Number(new URL(origin).port);
}

Deno.test("a cut line leaves the participant in the room, and it resumes as the same one", async () => {
  await using stage = await RoomOnStage.start();
  using cable = new Cable(portOf(stage.product.origin));
  const ann = await stage.enter("Host");
  const ben = await stage.enter("Ben", MESH);
  const wired = await stage.connect(ben.answer, cable.port);
  assert.equal((await ben.socket.closed).code, 4409);
  await ann.socket.heardSoFar();

  cable.cut();
  const away = await ann.socket.take("participant_updated");
  assert.equal(away.data.participant_id, ben.id);
  assert.equal(away.data.is_online, false);
  await wired.closed;
  ann.socket.send({ type: "offer", data: { type: "offer", sdp: SDP, link: "l" }, to: ben.id });

  const again = await ben.api.join(stage.code, MESH);
  assert.equal(again.participant_id, ben.id);
  const socket = await stage.connect(again);
  const state = await socket.take("room_state");
  assert.equal(state.data.self.participant_id, ben.id);
  assert.equal(state.data.participants.length, 2);
  // What was sent meanwhile was kept.
  assert.equal((await socket.take("offer")).from, ann.id);
  const back = await ann.socket.take("participant_updated");
  assert.equal(back.data.is_online, true);
  const heard = await ann.socket.heardSoFar();
  assert.equal(heard.some(({ type }) => type === "participant_left"), false);
});

Deno.test("the newer of two sockets wins; the older is told so and may not speak", async () => {
  await using stage = await RoomOnStage.start();
  const ann = await stage.enter("Host");
  const ben = await stage.enter("Ben", MESH);
  await ann.socket.heardSoFar();
  const newer = await stage.connect(ben.answer);
  assert.equal((await ben.socket.closed).code, 4409);
  newer.send({ type: "raise-hand", data: { raised: true } });
  await until("the newer one is heard", async () => {
    return (await ann.socket.take("participant_updated")).data.is_hand_raised;
  });
  const heard = await ann.socket.heardSoFar();
  assert.equal(heard.some(({ type }) => type === "participant_left"), false);
});

Deno.test("after the grace a broken participant is gone for everyone", async () => {
  await using stage = await RoomOnStage.start({ environment: { RESUME_GRACE_SECONDS: "1" } });
  using cable = new Cable(portOf(stage.product.origin));
  const ann = await stage.enter("Host");
  const joined = await (await stage.enter("Ben", MESH)).answer;
  const wired = await stage.connect(joined, cable.port);
  await wired.take("room_state");
  cable.cut();
  const left = await ann.socket.take("participant_left");
  assert.equal(left.data.participant_id, joined.participant_id);
  assert.equal(left.data.reason, "connection_lost");
  await until("REST has one", async () => (await ann.api.participants(stage.code)).length === 1);
});

Deno.test("a killed server comes back with the room, its people, their roles and flags", async () => {
  await using stage = await RoomOnStage.start();
  const ann = await stage.enter("Host", MESH);
  const ben = await stage.enter("Ben", MESH);
  ben.socket.send({ type: "mute-audio", data: { muted: true } });
  const before = await ann.socket.take("room_state");
  await until("the mute is stored", async () => {
    return (await ann.api.participants(stage.code)).some((p) =>
      p.participant_id === ben.id && p.is_muted
    );
  });

  await stage.product.restart();
  await Promise.all([ann.socket.closed, ben.socket.closed]);
  const waiting = await ann.api.participants(stage.code);
  assert.deepEqual(waiting.map((p) => p.is_online), [false, false]);

  // The tokens of before the restart still open the door: no need to join again.
  const [annAgain, benAgain] = [await stage.connect(ann.answer), await stage.connect(ben.answer)];
  const state = await benAgain.take("room_state");
  assert.notEqual(state.data.boot_id, before.data.boot_id);
  assert.equal(state.data.self.participant_id, ben.id);
  assert.equal(state.data.self.is_muted, true);
  const host = state.data.participants.find((p) => p.participant_id === ann.id);
  assert.equal(host?.role, "host");
  const online = await until("both are online", async () => {
    const rows = await ann.api.participants(stage.code);
    return rows.every((row) => row.is_online) && rows;
  });
  assert.equal(online.length, 2);
  benAgain.send({ type: "offer", data: { type: "offer", sdp: SDP }, to: ann.id });
  assert.equal((await annAgain.take("offer")).from, ben.id);
});

Deno.test("a place without a socket is given back", async () => {
  await using stage = await RoomOnStage.start({
    environment: { JOIN_GRACE_SECONDS: "1" },
    room: { max_participants: 2 },
  });
  const ann = await stage.enter("Host");
  const ben = await stage.enter("Ben");
  await ben.socket.close();
  await ann.socket.take("participant_left");
  await ben.api.join(stage.code);
  await until(
    "the place is free again",
    async () => (await ann.api.participants(stage.code)).length === 1,
  );
});
