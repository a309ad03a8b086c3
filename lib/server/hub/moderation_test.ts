import assert from "node:assert/strict";
import { CLOSE_CODE } from "../../shared/protocol/close_codes.ts";
import { createBus } from "../bus.ts";
import { systemClock } from "./connection.ts";
import { FakeSocket, HOST_ABSENCE_MS, participant, ROOM, setUpRoom, waiting } from "./fake_room.ts";
import { Hub } from "./hub.ts";

const HOST = { role: "host" } as const;
const GUEST = { role: "guest", is_guest: true } as const;

Deno.test("orders go to the service as they were meant; a refusal names the order", () => {
  const { enter, say, ordered } = setUpRoom();
  const a = enter(1, HOST);
  a.take();
  const orders = [
    ["mute-participant", { participant_id: 2, media: "video", locked: true }],
    ["mute-participant", {}],
    ["remove-participant", { participant_id: 2 }],
    ["ban-participant", { participant_id: 2, reason: " noise " }],
    ["admit-participant", { participant_id: 2 }],
    ["admit-participant", {}],
    ["deny-participant", {}],
    ["set-role", { participant_id: 2, role: "moderator" }],
    ["lock-room", { locked: true }],
  ] as const;
  for (const [type, data] of orders) say(1, a, { type, data, id: type });
  assert.deepEqual(ordered.map(({ command }) => command), [
    { action: "mute", target: 2, mute: { media: "video", muted: true, locked: true } },
    { action: "mute", target: null, mute: { media: "audio", muted: true, locked: false } },
    { action: "remove", target: 2 },
    { action: "ban", target: 2, reason: "noise" },
    { action: "admit", target: 2 },
    { action: "admit", target: null },
    { action: "deny", target: null },
    { action: "set_role", target: 2, role: "moderator" },
    { action: "lock_room", locked: true },
  ]);
  assert.deepEqual(a.take(), [], "nothing is done before the service has decided");
  ordered[0]?.refused("FORBIDDEN", { why: "x" });
  const [refusal] = a.take();
  assert.deepEqual(refusal?.data, {
    detail: "",
    error_code: "FORBIDDEN",
    why: "x",
    id: "mute-participant",
  });
  say(1, a, { type: "set-role", data: { participant_id: 2, role: "king" } });
  assert.equal(a.take()[0]?.data.error_code, "VALIDATION_ERROR");
});

Deno.test("what was switched off while somebody was away stays off until they have obeyed", () => {
  const { enter, say, room } = setUpRoom();
  const a = enter(1);
  const b = enter(2, HOST);
  const order = { action: "mute", by: null, target: null, media: "audio" } as const;
  room.detach(1, a, false);
  room.moderate(1, { is_muted: true });
  room.moderate(1, { is_screen_sharing: false });
  room.tell(order);
  b.take();
  const again = new FakeSocket();
  room.attach(participant(1), again);
  const heard = again.take();
  assert.deepEqual(heard.map(({ type }) => type), ["room_state", "moderation"]);
  assert.equal(heard[0]?.data.self.is_muted, true);
  b.take();
  say(1, again, { type: "mute-audio", data: { muted: false } });
  say(1, again, { type: "start-screen-share" });
  assert.deepEqual(b.types(), [], "nothing was switched on");
  // The camera was not ordered off.
  say(1, again, { type: "mute-video", data: { muted: true } });
  assert.equal(b.take()[0]?.data.is_video_enabled, false);
  say(1, again, { type: "mute-audio", data: { muted: true } });
  say(1, again, { type: "mute-audio", data: { muted: false } });
  assert.equal(b.take()[0]?.data.is_muted, false);
  say(1, again, { type: "start-screen-share" });
  assert.deepEqual(b.types(), [], "each has to be seen");
  assert.deepEqual(again.types().includes("moderation"), false, "said once");
});

Deno.test("what is locked stays off, whatever the client says", () => {
  const { enter, say, room } = setUpRoom();
  const a = enter(1);
  const b = enter(2);
  room.moderate(1, { is_muted: true, is_audio_locked: true });
  room.moderate(1, { is_video_enabled: false, is_video_locked: true });
  room.moderate(1, { is_screen_sharing: false, is_screen_locked: true });
  a.take();
  b.take();
  say(1, a, { type: "mute-audio", data: { muted: false }, id: "x" });
  say(1, a, { type: "mute-video", data: { muted: false } });
  say(1, a, { type: "start-screen-share" });
  const stream = { stream_type: "audio", stream_id_webrtc: "s", is_active: true };
  say(1, a, { type: "stream-update", data: stream });
  const refusals = a.take();
  assert.deepEqual(refusals.map(({ data }) => [data.error_code, data.media]), [
    ["FORBIDDEN", "audio"],
    ["FORBIDDEN", "video"],
    ["FORBIDDEN", "screen"],
    ["FORBIDDEN", "audio"],
  ]);
  assert.equal(refusals[0]?.data.id, "x");
  assert.deepEqual(b.take(), []);
  room.moderate(1, { is_audio_locked: false });
  say(1, a, { type: "mute-audio", data: { muted: false } });
  assert.deepEqual(b.take().map(({ data }) => [data.is_audio_locked, data.is_muted]), [
    [false, true],
    [false, false],
  ]);
});

Deno.test("moderation of somebody whose socket is still to come shows them to nobody", () => {
  const { enter, room, mirrored } = setUpRoom();
  const a = enter(1, HOST);
  a.take();
  room.expect(participant(2));
  room.moderate(2, { is_muted: true });
  assert.deepEqual(a.take(), []);
  assert.equal(mirrored.at(-1)?.is_muted, true);
});

Deno.test("removed, banned: the client hears which, the others too", () => {
  const { enter, room } = setUpRoom();
  const host = enter(1, HOST);
  const [b, c] = [enter(2), enter(3)];
  host.take();
  room.remove(2, "removed");
  room.remove(3, "banned");
  assert.deepEqual([b.closedWith, c.closedWith], [CLOSE_CODE.REMOVED, CLOSE_CODE.BANNED]);
  assert.deepEqual(host.take().map(({ data }) => data.reason), ["removed", "banned"]);
});

Deno.test("a new leader sees who waits; a former one forgets", () => {
  const { enter, knock, room } = setUpRoom();
  enter(1, HOST);
  const b = enter(2);
  knock(3);
  b.take();
  const lists = () =>
    b.take().filter(({ type }) => type === "waiting_list").map(({ data }) => data.waiting.length);
  room.moderate(2, { role: "moderator" });
  assert.deepEqual(lists(), [1]);
  room.moderate(2, { role: "host" });
  assert.deepEqual(lists(), [1]);
  room.moderate(2, { role: "participant" });
  assert.deepEqual(lists(), [0]);
  knock(4);
  assert.deepEqual(lists(), []);
});

Deno.test("without a leader the one who was here longest leads, never a guest", () => {
  const { enter, room, clock, mirrored } = setUpRoom();
  const host = enter(1, HOST);
  const since = (hour: number) => ({ joined_at: `2026-01-01T${hour}:00:00.000Z` });
  const guest = enter(2, { ...GUEST, ...since(10) });
  enter(3, since(12));
  enter(4, since(11));
  const away = enter(5, since(10));
  room.detach(5, away, false);
  room.detach(1, host, false);
  clock.advance(HOST_ABSENCE_MS - 1);
  guest.take();
  clock.advance(1);
  assert.deepEqual(guest.take().map(({ type, data }) => [type, data.participant_id ?? data]), [
    ["participant_updated", 4],
    ["moderation", {
      action: "set_role",
      by: null,
      target: { participant_id: 4, user_name: "P4" },
      role: "moderator",
    }],
  ]);
  assert.deepEqual([mirrored.at(-1)?.participant_id, mirrored.at(-1)?.role], [4, "moderator"]);
  clock.advance(10 * HOST_ABSENCE_MS);
  assert.deepEqual(guest.take(), []);
});

Deno.test("a host who is back in time keeps the room", () => {
  const { enter, room, clock } = setUpRoom();
  const host = enter(1, HOST);
  const other = enter(2);
  room.detach(1, host, false);
  clock.advance(HOST_ABSENCE_MS / 4);
  room.attach(participant(1, HOST), new FakeSocket());
  other.take();
  clock.advance(10 * HOST_ABSENCE_MS);
  assert.deepEqual(other.take(), []);
});

Deno.test("guests alone go on; the first one who signed in leads", () => {
  const { enter, clock } = setUpRoom();
  const guest = enter(1, GUEST);
  clock.advance(2 * HOST_ABSENCE_MS);
  assert.deepEqual(guest.types(), ["room_state"]);
  enter(2);
  assert.deepEqual(guest.take().at(-1)?.data.target, { participant_id: 2, user_name: "P2" });
});

function setUpHub() {
  const bus = createBus((error) => {
    throw error;
  });
  const nothing = () => {};
  const left: number[] = [];
  const hub = new Hub({
    bus,
    clock: systemClock,
    bootId: "boot",
    times: { graceMs: 1_000, joinGraceMs: 1_000, hostAbsenceMs: 1_000 },
    mirror: nothing,
    mirrorStreams: nothing,
    markLeft: ({ participant_id }) => left.push(participant_id),
    moderate: nothing,
    record: nothing,
    recordingOf: () => null,
    received: nothing,
    quality: nothing,
    webRtcError: nothing,
    errorBody: (error_code, facts) => ({ detail: "", error_code, ...facts }),
  });
  return { bus, hub, left };
}

Deno.test("sessions that end take their sockets with them, and no others", () => {
  const { bus, hub, left } = setUpHub();
  const enter = (id: number, session: FakeSocket["session"]) => {
    const socket = new FakeSocket(session);
    bus.publish({ type: "participant_expected", room: ROOM, participant: participant(id) });
    hub.room(ROOM).attach(participant(id), socket);
    return socket;
  };
  const a = enter(1, { session_id: "a" });
  const b = enter(2, { session_id: "b" });
  const c = enter(3, { session_id: "c", link_id: "link" });
  const d = enter(4, { session_id: "d", link_id: "other" });
  const e = new FakeSocket({ session_id: "e", link_id: "link" });
  bus.publish({ type: "participant_waiting", room: ROOM, participant: waiting(5) });
  hub.room(ROOM).attach(waiting(5), e);
  bus.publish({ type: "sessions_ended", session_ids: ["a", "x"] });
  bus.publish({ type: "sessions_ended", user_id: 102 });
  bus.publish({ type: "sessions_ended", link_id: "link" });
  const codes = [a, b, c, d, e].map(({ closedWith }) => closedWith);
  const { UNAUTHORIZED } = CLOSE_CODE;
  assert.deepEqual(codes, [UNAUTHORIZED, UNAUTHORIZED, UNAUTHORIZED, null, UNAUTHORIZED]);
  const reasons = d.take().filter(({ type }) => type === "participant_left")
    .map(({ data }) => data.reason);
  assert.deepEqual(reasons, ["left", "left", "removed"]);
  assert.deepEqual(left.sort(), [1, 2, 3, 5]);
  hub.shutdown();
});
