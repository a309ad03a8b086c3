import assert from "node:assert/strict";
import { CLOSE_CODE } from "../../shared/protocol/close_codes.ts";
import {
  FakeSocket,
  GRACE_MS,
  JOIN_GRACE_MS,
  participant,
  ROOM,
  setUpRoom,
  waiting,
} from "./fake_room.ts";

const HOST = { role: "host" } as const;

/** Everything a socket was told, as it would be on the wire. */
const wire = (socket: FakeSocket) => JSON.stringify(socket.received);

Deno.test("who waits is told how they stand, and nothing of the room", () => {
  const { enter, knock, say, room } = setUpRoom();
  const host = enter(1, { ...HOST, user_name: "Secret Host" });
  const ann = knock(2);
  say(1, host, { type: "mute-audio", data: { muted: true } });
  say(1, host, { type: "offer", data: { type: "offer", sdp: "v=0" } });
  say(1, host, { type: "offer", data: { type: "offer", sdp: "v=0" }, to: 2 });
  const stream = { stream_type: "video", stream_id_webrtc: "s", is_active: true };
  say(1, host, { type: "stream-update", data: stream });
  enter(3);
  knock(4);
  room.update({ ...ROOM, room_description: "Secret plan", max_participants: 7 });
  room.tell({ action: "lock_room", by: { participant_id: 1, user_name: "H" }, target: null });
  assert.deepEqual(ann.types(), ["waiting_state"]);
  room.update({ ...ROOM, room_name: "New name" });
  assert.deepEqual(ann.take(), [{
    type: "waiting_state",
    data: { room_name: "New name", participant_id: 2, moderators_online: true },
  }]);
  room.end(1);
  assert.deepEqual(ann.take(), []);
  assert.equal(ann.closedWith, CLOSE_CODE.ROOM_ENDED);
  assert.doesNotMatch(wire(ann), /Secret/);
});

Deno.test("who waits may ask for a sign of life and go, and do nothing else", () => {
  const { enter, knock, say, left } = setUpRoom();
  const host = enter(1, HOST);
  const ann = knock(2);
  ann.take();
  host.take();
  say(2, ann, { type: "offer", data: { type: "offer", sdp: "v=0" }, to: 1 });
  say(2, ann, { type: "raise-hand", data: { raised: true } });
  say(2, ann, { type: "admit-participant", data: {}, id: "x" });
  const refusals = ann.take();
  assert.deepEqual(refusals.map(({ data }) => data.error_code), Array(3).fill("WAITING"));
  assert.equal(refusals[2]?.data.id, "x");
  assert.deepEqual(host.take(), []);
  say(2, ann, { type: "ping" });
  assert.deepEqual(ann.types(), ["pong"]);
  say(2, ann, { type: "leave" });
  assert.equal(ann.closedWith, CLOSE_CODE.LEFT);
  assert.deepEqual(left, [[2, "left"]]);
  assert.deepEqual(host.take().map(({ data }) => data.waiting), [[]]);
});

Deno.test("those who may let in see the list, others never", () => {
  const { enter, knock } = setUpRoom();
  const host = enter(1, HOST);
  const other = enter(2);
  host.take();
  other.take();
  knock(3);
  const names = host.take().filter(({ type }) => type === "waiting_list")
    .map(({ data }) => data.waiting.map((person: { user_name: string }) => person.user_name));
  assert.deepEqual(names, [["P3"]]);
  assert.deepEqual(other.take(), []);
  const moderator = enter(4, { role: "moderator" });
  assert.deepEqual(moderator.take()[0]?.data.waiting, [{
    participant_id: 3,
    user_name: "P3",
    is_guest: true,
    waiting_since: "2026-01-01T12:00:00.000Z",
  }]);
  assert.equal("waiting" in enter(5).take()[0]!.data, false);
});

Deno.test("let in over the same socket: admitted, then the state; the others see a newcomer", () => {
  const { enter, knock, room, mirrored } = setUpRoom();
  const host = enter(1, HOST);
  const ann = knock(2);
  ann.take();
  host.take();
  room.expect(participant(2, { role: "guest", is_guest: true }));
  assert.deepEqual(ann.types(), ["admitted", "room_state"]);
  assert.deepEqual(host.types(), ["waiting_list", "participant_joined"]);
  assert.equal(mirrored.at(-1)?.is_online, true);
  assert.equal(room.has(2), true);
});

Deno.test("let in while the page loads again: the place is held for the join grace", () => {
  const { enter, knock, room, clock, left } = setUpRoom();
  const host = enter(1, HOST);
  const ann = knock(2);
  room.detach(2, ann, true);
  host.take();
  room.expect(participant(2));
  assert.equal(room.has(2), false);
  const again = new FakeSocket();
  room.attach(participant(2), again);
  assert.deepEqual(again.types(), ["room_state"]);
  room.detach(2, again, false);
  clock.advance(JOIN_GRACE_MS);
  assert.deepEqual(left, [[2, "connection_lost"]]);
});

Deno.test("denied: told so, closed for good, gone from the list", () => {
  const { enter, knock, room, left } = setUpRoom();
  const host = enter(1, HOST);
  const ann = knock(2);
  ann.take();
  host.take();
  room.endWaiting(2, "denied");
  assert.deepEqual(ann.types(), ["denied"]);
  assert.equal(ann.closedWith, CLOSE_CODE.DENIED);
  assert.deepEqual(host.take().map(({ data }) => data.waiting), [[]]);
  assert.deepEqual(left, [], "storage knows already");
});

Deno.test("a reload while waiting keeps the turn; a page that does not come back loses it", () => {
  const { enter, knock, room, clock, left } = setUpRoom();
  const host = enter(1, HOST);
  const ann = knock(2);
  host.take();
  room.detach(2, ann, true);
  clock.advance(GRACE_MS - 1);
  assert.deepEqual(host.take(), []);
  const again = new FakeSocket();
  room.attach(waiting(2), again);
  assert.deepEqual(again.types(), ["waiting_state"]);
  room.detach(2, again, false);
  clock.advance(GRACE_MS);
  assert.deepEqual(left, [[2, "connection_lost"]]);
  assert.deepEqual(host.types(), ["waiting_list"]);
});

Deno.test("after a restart they wait on, with the grace running", () => {
  const { room, clock, left, emptied } = setUpRoom();
  room.restoreWaiting(waiting(1));
  room.restoreWaiting(waiting(2));
  const ann = new FakeSocket();
  room.attach(waiting(1), ann);
  assert.deepEqual(ann.take()[0]?.data, {
    room_name: "Room",
    participant_id: 1,
    moderators_online: false,
  });
  clock.advance(GRACE_MS);
  assert.deepEqual(left, [[2, "connection_lost"]]);
  assert.equal(emptied(), 0);
  room.detach(1, ann, false);
  clock.advance(GRACE_MS);
  assert.equal(emptied(), 1);
});

Deno.test("who waits learns whether anybody is there to open", () => {
  const { enter, knock, room, clock } = setUpRoom();
  const ann = knock(2);
  const host = enter(1, HOST);
  room.detach(1, host, false);
  clock.advance(1);
  const signs = ann.take().map(({ data }) => data.moderators_online);
  assert.deepEqual(signs, [false, true, false]);
});

Deno.test("sent away between handshake and open: closed, to ask again and hear why", () => {
  const { room } = setUpRoom();
  for (const record of [participant(1), waiting(2)]) {
    const socket = new FakeSocket();
    room.attach(record, socket);
    assert.equal(socket.closedWith, CLOSE_CODE.SERVICE_RESTART);
    assert.deepEqual(socket.take(), []);
  }
  assert.equal(room.memberCount, 0);
});
