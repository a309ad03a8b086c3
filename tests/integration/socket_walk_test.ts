/** The walk of a call over real sockets: join, negotiate, mute, share, leave (protocol, "WebSocket"). */
import assert from "node:assert/strict";
import { until } from "../fixtures/poll.ts";
import { RoomOnStage } from "../fixtures/room_on_stage.ts";

const SDP = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n";
const CANDIDATE = "candidate:1 1 udp 2122260223 127.0.0.1 50000 typ host";

Deno.test("the first event is the room's state, and the others learn who came", async () => {
  await using stage = await RoomOnStage.start();
  const ann = await stage.enter("Host");
  assert.equal(ann.socket.protocol, "videocall.v1");
  const alone = await ann.socket.take("room_state");
  assert.equal(alone.data.self.participant_id, ann.id);
  assert.equal(alone.data.self.role, "host");
  assert.equal(alone.data.participants.length, 1);
  assert.equal(alone.data.room.room_code, stage.code);
  assert.ok(alone.data.boot_id);

  const ben = await stage.enter("Ben", { is_muted: true });
  const state = await ben.socket.take("room_state");
  assert.deepEqual(
    state.data.participants.map((person) => person.user_name).sort(),
    ["Ben", "Host"],
  );
  const joined = await ann.socket.take("participant_joined");
  assert.equal(joined.data.participant_id, ben.id);
  assert.equal(joined.data.is_muted, true);
  assert.equal(joined.data.is_online, true);
});

Deno.test("offer, answer and candidate reach the one they are for, with the true sender", async () => {
  await using stage = await RoomOnStage.start();
  const [ann, ben, cat] = [
    await stage.enter("Host"),
    await stage.enter("Ben"),
    await stage.enter("Cat"),
  ];
  const offer = { type: "offer", sdp: SDP, link: "l1", round: 1, extra: { kept: true } };
  // Naming somebody else as the sender changes nothing.
  ann.socket.send({ type: "offer", data: offer, to: ben.id, id: "m1", from: cat.id });
  const heard = await ben.socket.take("offer");
  assert.equal(heard.from, ann.id);
  assert.deepEqual(heard.data, offer);
  assert.equal((await ann.socket.take("ack")).data.id, "m1");

  ben.socket.send({ type: "answer", data: { type: "answer", sdp: SDP }, to: ann.id });
  assert.equal((await ann.socket.take("answer")).from, ben.id);
  const candidate = { candidate: CANDIDATE, sdpMid: "0", sdpMLineIndex: 0, usernameFragment: "u" };
  ben.socket.send({ type: "ice-candidate", data: candidate, to: ann.id });
  assert.deepEqual((await ann.socket.take("ice-candidate")).data, candidate);

  const types = (await cat.socket.heardSoFar()).map((message) => message.type);
  assert.deepEqual(types.filter((type) => ["offer", "answer", "ice-candidate"].includes(type)), []);
});

Deno.test("signaling without an address goes to everyone else, never back", async () => {
  await using stage = await RoomOnStage.start();
  const [ann, ben, cat] = [
    await stage.enter("Host"),
    await stage.enter("Ben"),
    await stage.enter("Cat"),
  ];
  ann.socket.send({ type: "offer", data: { type: "offer", sdp: SDP } });
  assert.equal((await ben.socket.take("offer")).from, ann.id);
  assert.equal((await cat.socket.take("offer")).from, ann.id);
  assert.equal((await ann.socket.heardSoFar()).some(({ type }) => type === "offer"), false);
});

Deno.test("mute, camera, screen and hand are told to everyone and to REST", async () => {
  await using stage = await RoomOnStage.start();
  const ann = await stage.enter("Host");
  const ben = await stage.enter("Ben");
  const expectations = [
    [{ type: "mute-audio", data: { muted: true } }, "is_muted", true],
    [{ type: "mute-video", data: { muted: true } }, "is_video_enabled", false],
    [{ type: "start-screen-share" }, "is_screen_sharing", true],
    [{ type: "raise-hand", data: { raised: true } }, "is_hand_raised", true],
    [{ type: "stop-screen-share" }, "is_screen_sharing", false],
    [{ type: "mute-audio", data: { muted: false } }, "is_muted", false],
  ] as const;
  for (const [message, flag, value] of expectations) {
    ben.socket.send(message);
    const { data, seq } = await ann.socket.take("participant_updated");
    assert.equal(data.participant_id, ben.id);
    assert.equal(data[flag], value, message.type);
    assert.equal(typeof seq, "number");
  }
  await until("REST says the same", async () => {
    const row = (await ann.api.participants(stage.code)).find((p) => p.participant_id === ben.id);
    return row?.is_video_enabled === false && row.is_hand_raised && !row.is_screen_sharing &&
      !row.is_muted;
  });
});

Deno.test("what somebody sends is told to everyone as a stream", async () => {
  await using stage = await RoomOnStage.start();
  const ann = await stage.enter("Host");
  const ben = await stage.enter("Ben");
  ben.socket.send({
    type: "stream-update",
    data: {
      stream_type: "video",
      stream_id_webrtc: "stream_123",
      is_active: true,
      quality: "720p",
      bitrate: 1500,
      resolution: "720p",
    },
  });
  const { data } = await ann.socket.take("stream_updated");
  assert.equal(data.participant_id, ben.id);
  assert.equal(data.bitrate, 1500);
  const streams = await until("REST has the stream", async () => {
    const rows = await ann.api.call<unknown[]>("GET", `/video/rooms/${stage.code}/streams`);
    return rows.length === 1 && rows;
  });
  assert.deepEqual(streams, [data]);
});

Deno.test("leaving by message, by closing and by REST removes the participant", async () => {
  await using stage = await RoomOnStage.start();
  const ann = await stage.enter("Host");
  const ben = await stage.enter("Ben");
  ben.socket.send({ type: "leave" });
  assert.equal((await ann.socket.take("participant_left")).data.participant_id, ben.id);
  assert.equal((await ben.socket.closed).code, 1000);

  const cat = await stage.enter("Cat");
  await cat.socket.close();
  assert.deepEqual((await ann.socket.take("participant_left")).data, {
    participant_id: cat.id,
    user_id: cat.answer.user_id,
    reason: "left",
  });

  const dan = await stage.enter("Dan");
  await dan.api.call("DELETE", `/video/rooms/${stage.code}/leave`);
  assert.equal((await ann.socket.take("participant_left")).data.participant_id, dan.id);
  await dan.socket.closed;
  await until(
    "one is left by REST",
    async () => (await ann.api.participants(stage.code)).length === 1,
  );
});

Deno.test("ending the room tells everyone and closes with 4410", async () => {
  await using stage = await RoomOnStage.start();
  const ann = await stage.enter("Host");
  const ben = await stage.enter("Ben");
  await stage.host.endRoom(stage.code);
  assert.equal((await ben.socket.take("room_ended")).data.ended_by, stage.host.user.user_id);
  assert.equal((await ben.socket.closed).code, 4410);
  assert.equal((await ann.socket.closed).code, 4410);
  await assert.rejects(ben.api.join(stage.code), /410 .*ROOM_INACTIVE/);
});
