import assert from "node:assert/strict";
import { CLOSE_CODE } from "../../shared/protocol/close_codes.ts";
import type { ParticipantRecord } from "../store/participants.ts";
import { NotAMessage } from "./dispatch.ts";
import { FakeSocket, GRACE_MS, JOIN_GRACE_MS, participant, setUpRoom } from "./fake_room.ts";

const OFFER = { type: "offer", sdp: "v=0\r\n" };

Deno.test("a newcomer gets the whole state, the others one event", () => {
  const { enter } = setUpRoom();
  const a = enter(1);
  const [state] = a.take();
  assert.equal(state?.type, "room_state");
  assert.equal(state.data.self.participant_id, 1);
  assert.equal(state.data.boot_id, "boot");
  assert.equal(state.data.resumed, false);
  const b = enter(2);
  const [joined] = a.take();
  assert.equal(joined?.type, "participant_joined");
  assert.equal(joined.data.participant_id, 2);
  assert.equal(joined.data.is_online, true);
  const [second] = b.take();
  assert.deepEqual(second?.data.participants.map((p: ParticipantRecord) => p.participant_id), [
    1,
    2,
  ]);
  assert.equal(second?.seq, joined.seq);
});

Deno.test("somebody who joined by REST but has no socket is not shown, and loses the place", () => {
  const { room, enter, clock, left } = setUpRoom();
  room.expect(participant(1));
  const b = enter(2);
  assert.equal(b.take()[0]?.data.participants.length, 1);
  assert.equal(room.has(1), false);
  clock.advance(JOIN_GRACE_MS);
  assert.deepEqual(left, [[1, "connection_lost"]]);
  assert.deepEqual(b.take(), []);
});

Deno.test("signaling goes to whom it names, or to everyone else, stamped by the server", () => {
  const { enter, say } = setUpRoom();
  const [a, b, c] = [enter(1), enter(2), enter(3)];
  for (const socket of [a, b, c]) socket.take();
  say(1, a, { type: "offer", data: OFFER, to: 2, from: 3, id: "x" });
  assert.deepEqual(b.take(), [{ type: "offer", data: OFFER, from: 1, id: "x" }]);
  assert.deepEqual(c.take(), []);
  assert.deepEqual(a.take(), [{ type: "ack", data: { id: "x" } }]);
  say(1, a, { type: "ice-candidate", data: { candidate: "", link: "l" } });
  assert.deepEqual(b.types(), ["ice-candidate"]);
  assert.equal(c.take()[0]?.data.link, "l");
  assert.deepEqual(a.take(), []);
});

Deno.test("signaling to oneself or to a stranger is refused and reaches nobody", () => {
  const { enter, say } = setUpRoom();
  const [a, b] = [enter(1), enter(2)];
  a.take();
  b.take();
  for (const to of [1, 99]) say(1, a, { type: "offer", data: OFFER, to });
  assert.deepEqual(a.take().map(({ data }) => data.error_code), [
    "PARTICIPANT_NOT_FOUND",
    "PARTICIPANT_NOT_FOUND",
  ]);
  assert.deepEqual(b.take(), []);
});

Deno.test("media state is told once, to all, in order, and mirrored", () => {
  const { enter, say, mirrored } = setUpRoom();
  const [a, b] = [enter(1), enter(2)];
  a.take();
  b.take();
  mirrored.splice(0);
  say(1, a, { type: "mute-audio", data: { muted: true } });
  say(1, a, { type: "mute-audio", data: { muted: true } });
  say(1, a, { type: "start-screen-share" });
  const events = b.take();
  assert.deepEqual(events.map(({ type }) => type), ["participant_updated", "participant_updated"]);
  assert.equal(events[1]!.seq, events[0]!.seq! + 1);
  assert.equal(events[1]!.data.is_muted, true);
  assert.equal(events[1]!.data.is_screen_sharing, true);
  assert.deepEqual(a.take(), events);
  assert.equal(mirrored.length, 2);
});

Deno.test("wrong data and unknown types are refused with words; the connection goes on", () => {
  const { enter, say } = setUpRoom();
  const a = enter(1);
  a.take();
  say(1, a, { type: "mute-audio", data: { muted: "yes" } });
  say(1, a, { type: "make-coffee" });
  say(1, a, { type: "offer", data: { type: "offer", sdp: "no" } });
  say(1, a, { type: "toString" });
  const codes = a.take().map(({ data }) => data.error_code);
  assert.deepEqual(codes, Array(4).fill("VALIDATION_ERROR"));
  say(1, a, { type: "ping" });
  assert.deepEqual(a.types(), ["pong"]);
});

Deno.test("what is no message at all throws, so that the socket can be closed", () => {
  const { room, enter } = setUpRoom();
  const a = enter(1);
  for (const text of ["{", "[]", "7", "null", '{"type":1}', '{"to":1}']) {
    assert.throws(() => room.receive(1, text, a), NotAMessage);
  }
});

Deno.test("what is said to an empty room is for the first who comes, and for nobody after", () => {
  const { room, enter, say } = setUpRoom();
  const a = enter(1, { capabilities: [] });
  const candidate = { candidate: "c", sdpMid: "0", sdpMLineIndex: 0 };
  say(1, a, { type: "offer", data: { ...OFFER, n: 1 } });
  // Begins anew.
  say(1, a, { type: "offer", data: { ...OFFER, n: 2 } });
  // Holds a place and is not here yet: nobody to hear it.
  room.expect(participant(2));
  say(1, a, { type: "ice-candidate", data: candidate });
  const b = new FakeSocket();
  room.attach(participant(2), b);
  const heard = b.take();
  assert.deepEqual(heard.map(({ type }) => type), ["room_state", "offer", "ice-candidate"]);
  assert.deepEqual([heard[1]?.data.n, heard[1]?.from], [2, 1]);
  assert.deepEqual(enter(3).types(), ["room_state"]);
});

Deno.test("a broken socket keeps the place for the grace, and signaling waits", () => {
  const { room, enter, say, clock, left } = setUpRoom();
  const [a, b] = [enter(1), enter(2)];
  b.take();
  room.detach(1, a, false);
  assert.equal(b.take()[0]?.data.is_online, false);
  say(2, b, { type: "offer", data: OFFER, to: 1, id: "y" });
  b.take();
  clock.advance(GRACE_MS - 1);
  const again = new FakeSocket();
  room.attach(participant(1), again);
  const [state, offer] = again.take();
  assert.deepEqual([state?.type, state?.data.resumed, offer?.type], ["room_state", true, "offer"]);
  assert.deepEqual(b.take().map(({ type, data }) => [type, data.is_online]), [
    ["participant_updated", true],
  ]);
  clock.advance(GRACE_MS);
  assert.deepEqual(left, []);
});

Deno.test("of an offer that is said again to somebody who is away the newest is kept", () => {
  const { room, enter, say } = setUpRoom();
  const [a, b, c] = [enter(1), enter(2), enter(3)];
  room.detach(1, a, false);
  const offer = (link: string, round: number) => ({
    type: "offer",
    data: { ...OFFER, link, round },
    to: 1,
  });
  const candidate = (link: string) => ({
    type: "ice-candidate",
    data: { candidate: "c", link, round: 1 },
    to: 1,
  });
  const step = {
    type: "e2ee",
    data: { link: "x", message: { type: "confirm", mac: "AA" } },
    to: 1,
  };
  for (let again = 0; again < 50; again++) {
    for (const message of [offer("x", 1), candidate("x")]) say(2, b, message);
    if (again === 0) say(2, b, step);
  }
  // Of somebody else, of another connection, and of a client that names none.
  say(3, c, offer("x", 1));
  say(2, b, offer("y", 1));
  for (const _ of [1, 2]) say(3, c, { type: "offer", data: OFFER, to: 1 });
  say(2, b, offer("x", 2));
  const again = new FakeSocket();
  room.attach(participant(1), again);
  assert.deepEqual(
    again.take().slice(1).map(({ type, from, data: { link, round } }) => [type, from, link, round]),
    [
      ["e2ee", 2, "x", undefined],
      ["offer", 3, "x", 1],
      ["offer", 2, "y", 1],
      ["offer", 3, undefined, undefined],
      ["offer", 3, undefined, undefined],
      ["offer", 2, "x", 2],
    ],
  );
});

Deno.test("the grace ends: the tile goes, once, with the reason", () => {
  const { room, enter, clock, left } = setUpRoom();
  const [a, b] = [enter(1), enter(2)];
  b.take();
  room.detach(1, a, false);
  b.take();
  clock.advance(GRACE_MS);
  const [event, ...rest] = b.take();
  assert.deepEqual(event?.data, { participant_id: 1, user_id: 101, reason: "connection_lost" });
  assert.deepEqual(rest, []);
  assert.deepEqual(left, [[1, "connection_lost"]]);
});

Deno.test("a clean close and the leave command both mean gone at once", () => {
  const { room, enter, say, left, emptied } = setUpRoom();
  const [a, b] = [enter(1), enter(2)];
  a.take();
  say(2, b, { type: "leave" });
  assert.equal(b.closedWith, CLOSE_CODE.LEFT);
  assert.equal(a.take()[0]?.data.reason, "left");
  room.detach(2, b, true);
  room.detach(1, a, true);
  assert.deepEqual(left, [[2, "left"], [1, "left"]]);
  assert.equal(emptied(), 1);
});

Deno.test("a late goodbye of a page that was reloaded does not end the new stay", () => {
  const { room, enter, say, left } = setUpRoom();
  const [a, b] = [enter(1), enter(2)];
  const newer = { ...participant(1), stay: participant(1).stay + 1 };
  for (const goodbye of [() => say(1, a, { type: "leave" }), () => room.detach(1, a, true)]) {
    room.expect(newer);
    b.take();
    goodbye();
    assert.deepEqual(left, []);
  }
  const socket = new FakeSocket();
  room.attach(newer, socket);
  assert.equal(socket.take()[0]?.data.self.is_online, true);
});

Deno.test("the newer of two sockets wins, and the older one can do nothing more", () => {
  const { room, enter, say } = setUpRoom();
  const [a, b] = [enter(1), enter(2)];
  b.take();
  const newer = new FakeSocket();
  room.attach(participant(1), newer);
  assert.equal(a.closedWith, CLOSE_CODE.REPLACED);
  assert.deepEqual(b.types(), ["participant_updated"]);
  say(1, a, { type: "mute-audio", data: { muted: true } });
  room.detach(1, a, true);
  assert.deepEqual(b.take(), []);
  say(1, newer, { type: "mute-audio", data: { muted: true } });
  assert.deepEqual(b.types(), ["participant_updated"]);
});

Deno.test("a raw client that connects again is a newcomer: it kept nothing", () => {
  const { room, enter } = setUpRoom();
  const raw = { capabilities: [] };
  enter(1, raw);
  const b = enter(2);
  b.take();
  const again = new FakeSocket();
  room.attach(participant(1, raw), again);
  assert.deepEqual(b.types(), ["participant_left", "participant_joined"]);
});

Deno.test("after a restart everyone is offline with the grace running, and comes back", () => {
  const { room, clock, left } = setUpRoom();
  room.restore(participant(1));
  room.restore(participant(2));
  const a = new FakeSocket();
  room.attach(participant(1), a);
  const [state] = a.take();
  assert.deepEqual(state?.data.participants.map((p: ParticipantRecord) => p.is_online), [
    true,
    false,
  ]);
  clock.advance(GRACE_MS);
  assert.deepEqual(left, [[2, "connection_lost"]]);
});

Deno.test("one slow reader is closed; the others get everything", () => {
  const { enter, say } = setUpRoom();
  const [a, b, slow] = [enter(1), enter(2), enter(3)];
  for (const socket of [a, b, slow]) socket.take();
  slow.buffered = 2 * 1024 * 1024;
  say(1, a, { type: "mute-audio", data: { muted: true } });
  assert.equal(slow.closedWith, CLOSE_CODE.SLOW_CONSUMER);
  assert.deepEqual(b.types(), ["participant_updated"]);
});

Deno.test("ending the room tells everyone, then closes", () => {
  const { room, enter, emptied } = setUpRoom();
  const [a, b] = [enter(1), enter(2)];
  a.take();
  b.take();
  room.end(7);
  for (const socket of [a, b]) {
    assert.deepEqual(socket.take().map(({ type, data }) => [type, data.ended_by]), [
      ["room_ended", 7],
    ]);
    assert.equal(socket.closedWith, CLOSE_CODE.ROOM_ENDED);
  }
  assert.equal(emptied(), 1);
});

Deno.test("streams are numbered, told, and go with their sender", () => {
  const { room, enter, say } = setUpRoom();
  const [a, b] = [enter(1), enter(2)];
  b.take();
  const stream = { stream_type: "video", stream_id_webrtc: "s", is_active: true };
  say(1, a, { type: "stream-update", data: { ...stream, resolution: "720p", bitrate: 1500 } });
  say(1, a, { type: "stream-update", data: { ...stream, is_active: false } });
  const ids = b.take().map(({ data }) => data.stream_id);
  assert.deepEqual(ids, [1, 1]);
  assert.equal(room.streams().length, 1);
  say(1, a, { type: "leave" });
  assert.equal(room.streams().length, 0);
});
