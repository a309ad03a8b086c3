import assert from "node:assert/strict";
import { type AppError } from "../app_error.ts";
import type { Caller, SessionPrincipal } from "../auth/principal.ts";
import { createRateLimiter } from "../auth/rate_limiter.ts";
import { Secrets } from "../auth/secrets.ts";
import { type BusEvent, createBus } from "../bus.ts";
import { loadConfig } from "../config.ts";
import { noHub } from "../hub_port.ts";
import { createLog } from "../observability/log.ts";
import { Metrics } from "../observability/metrics.ts";
import { CreateRoom } from "../../shared/protocol/rooms.ts";
import { JoinRoom } from "../../shared/protocol/participants.ts";
import { createServices } from "./services.ts";

const HOST: SessionPrincipal = {
  kind: "user",
  user_id: 1,
  user_name: "Host",
  session_id: "s1",
  via: "bearer",
};
const OTHER: SessionPrincipal = { ...HOST, user_id: 2, user_name: "Other", session_id: "s2" };
const address = "192.0.2.1";
const as = (principal: SessionPrincipal): Caller => ({ principal, address });
const WISH = JoinRoom.parse({});

async function setup() {
  const kv = await Deno.openKv(":memory:");
  const events: BusEvent[] = [];
  const bus = createBus((error) => {
    throw error;
  });
  bus.subscribe((event) => events.push(event));
  const services = createServices({
    config: loadConfig({}),
    kv,
    bus,
    log: createLog({ level: "error", sink: () => {} }),
    limits: createRateLimiter(),
    secrets: await Secrets.from("m".repeat(43), "s".repeat(43)),
    bootId: "boot",
    version: "0",
    metrics: new Metrics({
      hub: () => noHub,
      recordings: () => Promise.reject(new Error("nobody asks")),
      eventLoopLagMs: () => 0,
    }),
    hub: () => noHub,
    eventLoopLagMs: () => 0,
  });
  const room = await services.rooms.create(as(HOST), CreateRoom.parse({ room_name: "Room" }));
  return { ...services, room, events, [Symbol.dispose]: () => kv.close() };
}

const code = (expected: AppError["code"]) => (error: AppError) => error.code === expected;

Deno.test("a socket opens for who has joined, as who they are", async () => {
  using app = await setup();
  const { room, participants } = app;
  const open = (principal: SessionPrincipal, userId = principal.user_id) =>
    participants.openSocket({ roomCode: room.room_code, userId, principal, address });
  await assert.rejects(open(HOST), code("PARTICIPANT_NOT_FOUND"));
  const { participant } = await participants.join(room.room_code, as(HOST), WISH);
  assert.deepEqual(await open(HOST), { room, participant });
  await assert.rejects(open(OTHER, HOST.user_id), code("FORBIDDEN"));
  await assert.rejects(open(OTHER), code("PARTICIPANT_NOT_FOUND"));
  const guest = { ...OTHER, kind: "guest", room_id: room.room_id + 1 } as const;
  await assert.rejects(open(guest), code("ROOM_NOT_FOUND"));
  await participants.markLeft(participant);
  await assert.rejects(open(HOST), code("PARTICIPANT_NOT_FOUND"));
  await app.rooms.end(room.room_code, as(HOST));
  await assert.rejects(open(HOST), code("ROOM_INACTIVE"));
});

Deno.test("a participant token opens the socket of its own stay only", async () => {
  using app = await setup();
  const { room, participants } = app;
  const { participant } = await participants.join(room.room_code, as(HOST), WISH);
  const { participant_id, room_id } = participant;
  const token = { ...HOST, kind: "participant", participant_id, room_id } as const;
  const open = (principal: typeof token) =>
    participants.openSocket({ roomCode: room.room_code, userId: 1, principal, address });
  assert.equal((await open(token)).participant.participant_id, participant_id);
  const stale = { ...token, participant_id: participant_id + 1 };
  await assert.rejects(open(stale), code("PARTICIPANT_NOT_FOUND"));
  await assert.rejects(open({ ...token, room_id: room_id + 1 }), code("ROOM_NOT_FOUND"));
});

Deno.test("guessing codes over sockets is counted like over HTTP", async () => {
  using app = await setup();
  const guess = (index: number) =>
    app.participants.openSocket({
      roomCode: `AAAA${1000 + index}`,
      userId: 2,
      principal: OTHER,
      address,
    });
  for (let index = 0; index < 20; index++) {
    await assert.rejects(guess(index), code("ROOM_NOT_FOUND"));
  }
  await assert.rejects(guess(20), code("TOO_MANY_REQUESTS"));
});

Deno.test("live facts are mirrored, but never bring back who left", async () => {
  using app = await setup();
  const { room, participants } = app;
  const { participant } = await participants.join(room.room_code, as(HOST), WISH);
  await participants.mirror({ ...participant, is_online: true, is_muted: true });
  const [row] = await participants.list(room.room_code, as(HOST));
  assert.deepEqual(row, { ...participant, is_online: true, is_muted: true });
  await participants.markLeft(participant);
  await participants.mirror({ ...participant, is_online: true });
  assert.deepEqual(await participants.list(room.room_code, as(HOST)), []);
  const back = await participants.join(room.room_code, as(HOST), WISH);
  assert.equal(back.participant.is_online, false);
  assert.equal(back.participant.participant_id, participant.participant_id);
});

Deno.test("late news of an earlier stay do not end the present one", async () => {
  using app = await setup();
  const { room, participants } = app;
  const before = (await participants.join(room.room_code, as(HOST), WISH)).participant;
  const now = (await participants.join(room.room_code, as(HOST), WISH)).participant;
  assert.equal(await participants.markLeft(before), false);
  await participants.mirror({ ...before, is_muted: true });
  assert.equal((await participants.list(room.room_code, as(HOST))).length, 1);
  assert.equal(await participants.markLeft(now), true);
  assert.equal(await participants.markLeft(now), false);
});

Deno.test("streams are shown while their sender is there", async () => {
  using app = await setup();
  const { room, participants } = app;
  const { participant } = await participants.join(room.room_code, as(HOST), WISH);
  const ids = [room.room_id, participant.participant_id] as const;
  const stream = {
    stream_id: 1,
    room_id: room.room_id,
    participant_id: participant.participant_id,
    stream_type: "video",
    stream_id_webrtc: "stream_123",
    is_active: true,
    quality: "auto",
    bitrate: 1500,
    resolution: "720p",
  } as const;
  await participants.mirrorStreams(...ids, [stream]);
  assert.deepEqual(await participants.streams(room.room_code, as(HOST)), [stream]);
  await participants.markLeft(participant);
  await participants.mirrorStreams(...ids, [stream]);
  assert.deepEqual(await participants.streams(room.room_code, as(HOST)), []);
});

Deno.test("a held place stays held when the room is made smaller", async () => {
  using app = await setup();
  const { room, participants, rooms } = app;
  const users = [1, 2, 3, 4].map((user_id) => ({ ...HOST, user_id }));
  for (const user of users.slice(0, 3)) await participants.join(room.room_code, as(user), WISH);
  await rooms.update(room.room_code, as(HOST), { max_participants: 2 });
  await participants.join(room.room_code, as(users[2]!), WISH);
  await assert.rejects(
    participants.join(room.room_code, as(users[3]!), WISH),
    (error: AppError) => error.code === "ROOM_FULL" && error.facts.current_participants === 3,
  );
});

Deno.test("after a start everyone who holds a place is there, offline", async () => {
  using app = await setup();
  const { room, participants, rooms } = app;
  const { participant } = await participants.join(room.room_code, as(HOST), WISH);
  await participants.mirror({ ...participant, is_online: true });
  const present = await Array.fromAsync(participants.present());
  assert.deepEqual(present, [{ room, participants: [participant], waiting: [] }]);
  assert.deepEqual(await participants.list(room.room_code, as(HOST)), [participant]);
  await rooms.end(room.room_code, as(HOST));
  assert.deepEqual(await Array.fromAsync(participants.present()), []);
});

Deno.test("the hub hears of joins, leaves, changes and the end, in order", async () => {
  using app = await setup();
  const { room, participants, rooms, events } = app;
  const { participant } = await participants.join(room.room_code, as(OTHER), WISH);
  await participants.leave(room.room_code, as(OTHER));
  await participants.leave(room.room_code, as(OTHER));
  const updated = await rooms.update(room.room_code, as(HOST), { room_name: "New" });
  const ended = await rooms.end(room.room_code, as(HOST));
  const { room_id } = room;
  const { participant_id } = participant;
  assert.deepEqual(events, [
    { type: "participant_expected", room, participant },
    { type: "participant_left", room_id, user_id: participant.user_id },
    { type: "participant_gone", room_id, participant_id, reason: "left" },
    { type: "room_updated", room: updated },
    { type: "room_ended", room: ended, ended_by: 1 },
  ]);
  assert.equal(ended.is_active, false);
});
