/** Recordings: who may start, stop and see them, what everyone is told, when they end by themselves. */
import assert from "node:assert/strict";
import { join } from "node:path";
import type { Recording, RecordingTicket } from "../../lib/shared/protocol/recordings.ts";
import { until } from "../fixtures/poll.ts";
import { THUMBNAIL_URL, TusClient } from "../fixtures/tus_client.ts";
import { film } from "../fixtures/tus_client.ts";
import { Cast, type Person } from "./cast.ts";

async function start(cast: Cast, who: Person = cast.host): Promise<RecordingTicket> {
  const { status, body } = await cast.ask(who, "POST", cast.path("/recording/start"));
  assert.equal(status, 201, JSON.stringify(body));
  return body;
}

function stop(cast: Cast, who: Person = cast.host) {
  return cast.ask<RecordingTicket>(who, "POST", cast.path("/recording/stop"));
}

async function list(cast: Cast, who: Person, query = ""): Promise<Recording[]> {
  const { status, body } = await cast.ask(who, "GET", `/video/recordings${query}`);
  assert.equal(status, 200);
  return body;
}

/** Recorded by the host, and here. */
async function make(cast: Cast): Promise<Recording> {
  const { recording_id } = await start(cast);
  await stop(cast);
  const client = new TusClient(cast.app.origin, cast.host.token);
  const { status } = await client.upload(recording_id, { bytes: film(1024) });
  assert.equal(status, 204);
  const { body } = await cast.ask(cast.host, "GET", `/video/recordings/${recording_id}`);
  return body;
}

const untilStopped = (cast: Cast, who: Person = cast.host) =>
  until("the recording has ended", async () => {
    const [newest] = await list(cast, who);
    return newest?.state === "recording" ? null : newest;
  });

Deno.test("a recording is started, seen by everyone, stopped and listed", async () => {
  await using cast = await Cast.gather();
  await cast.enter(cast.host);
  const guest = await cast.enterAs("guest", "Gina");
  const ticket = await start(cast);
  assert.equal(
    ticket.upload_url,
    `${cast.app.origin}/video/recordings/${ticket.recording_id}/uploads`,
  );
  assert.equal(ticket.max_size_bytes, 1024 ** 3);
  assert.deepEqual([ticket.state, ticket.ended_at, ticket.is_processing], [
    "recording",
    null,
    false,
  ]);
  const { data } = await guest.socket.take("recording_started");
  assert.deepEqual(data, {
    recording_id: ticket.recording_id,
    room_id: cast.room.room_id,
    started_by: cast.host.userId,
    started_by_name: cast.host.name,
    started_at: ticket.started_at,
  });

  const late = await cast.enterAs("guest", "Late");
  const state = await late.socket.take("room_state");
  assert.deepEqual(state.data.recording, data);

  const stopped = await stop(cast);
  assert.equal(stopped.status, 200);
  assert.deepEqual([stopped.body.state, stopped.body.is_processing], ["finishing", true]);
  for (const person of [guest, late]) {
    const { data } = await person.socket.take("recording_stopped");
    assert.deepEqual([data.reason, data.stopped_by], ["stopped", cast.host.userId]);
  }
  const [listed] = await list(cast, cast.host, `?room_id=${cast.room.room_id}&limit=20`);
  assert.equal(listed?.recording_id, ticket.recording_id);
  assert.match(
    listed.file_path,
    new RegExp(`^/recordings/room_${cast.room.room_id}/recording_\\d{8}_\\d{6}\\.mp4$`),
  );
  const after = await cast.enterAs("guest", "After");
  assert.equal((await after.socket.take("room_state")).data.recording, null);
});

Deno.test("one at a time, and only where the room allows it", async () => {
  await using cast = await Cast.gather();
  await start(cast);
  const again = await cast.ask(cast.host, "POST", cast.path("/recording/start"));
  assert.deepEqual([again.status, again.body.error_code], [409, "RECORDING_RUNNING"]);
  await stop(cast);
  const second = await cast.ask(cast.host, "POST", cast.path("/recording/stop"));
  assert.deepEqual([second.status, second.body.error_code], [409, "RECORDING_NOT_RUNNING"]);
  await cast.ask(cast.host, "PATCH", cast.path(), { body: { recording_enabled: false } });
  const refused = await cast.ask(cast.host, "POST", cast.path("/recording/start"), {
    headers: { "accept-language": "ru" },
  });
  assert.deepEqual(
    [refused.status, refused.body.error_code, refused.body.detail],
    [403, "RECORDING_DISABLED", "В этой комнате запись отключена."],
  );
});

Deno.test("many who start at once get one recording", async () => {
  await using cast = await Cast.gather();
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => cast.ask(cast.host, "POST", cast.path("/recording/start"))),
  );
  const statuses = answers.map(({ status }) => status).sort();
  assert.deepEqual(statuses, [201, ...Array(7).fill(409)]);
  assert.equal((await list(cast, cast.host)).length, 1);
});

Deno.test("two in one second have files of their own", async () => {
  await using cast = await Cast.gather();
  const [one, other] = [await make(cast), await make(cast)];
  assert.notEqual(one.file_path, other.file_path);
  assert.ok(one.is_available && other.is_available);
});

Deno.test("a moderator records; who lost the role may still stop", async () => {
  await using cast = await Cast.gather();
  await cast.enter(cast.host);
  const moderator = await cast.enterAs("moderator", "Mo");
  const participant = await cast.enterAs("participant", "Paula");
  await start(cast, moderator);
  const role = cast.path(`/participants/${moderator.id}/role`);
  await cast.ask(cast.host, "POST", role, { body: { role: "participant" } });
  assert.equal((await stop(cast, participant)).status, 403);
  assert.equal((await stop(cast, moderator)).status, 200);
  assert.equal((await list(cast, moderator)).length, 1);
});

Deno.test("over the socket it is the same", async () => {
  await using cast = await Cast.gather();
  await cast.enter(cast.host);
  const guest = await cast.enterAs("guest", "Gina");
  guest.socket.send({ type: "start-recording", id: "a" });
  const refused = await guest.socket.take("error");
  assert.deepEqual([refused.data.error_code, refused.data.id], ["FORBIDDEN", "a"]);
  cast.host.socket.send({ type: "start-recording" });
  const { data } = await guest.socket.take("recording_started");
  cast.host.socket.send({ type: "stop-recording" });
  const stopped = await guest.socket.take("recording_stopped");
  assert.equal(stopped.data.recording_id, data.recording_id);
});

Deno.test("it ends when who records leaves, and not when others do", async () => {
  await using cast = await Cast.gather();
  await cast.enter(cast.host);
  const moderator = await cast.enterAs("moderator", "Mo");
  const guest = await cast.enterAs("guest", "Gina");
  await start(cast, moderator);
  await cast.ask(guest, "POST", cast.path("/leave"));
  await cast.host.socket.take("participant_left");
  assert.equal((await list(cast, cast.host))[0]?.state, "recording");
  moderator.socket.send({ type: "leave" });
  const { data } = await cast.host.socket.take("recording_stopped");
  assert.deepEqual([data.reason, data.stopped_by], ["recorder_left", null]);
});

Deno.test("a broken connection has its grace; then the recording ends", async () => {
  await using cast = await Cast.gather({}, { RESUME_GRACE_SECONDS: "1" });
  await cast.enter(cast.host);
  const moderator = await cast.enterAs("moderator", "Mo");
  await start(cast, moderator);
  await moderator.socket.close(3999);
  await cast.host.socket.take("participant_left", 10_000);
  const { data } = await cast.host.socket.take("recording_stopped");
  assert.equal(data.reason, "recorder_left");
});

Deno.test("it ends with a removal, with the room, and when recording is switched off", async () => {
  await using cast = await Cast.gather();
  await cast.enter(cast.host);
  const moderator = await cast.enterAs("moderator", "Mo");
  await start(cast, moderator);
  await cast.ask(cast.host, "DELETE", cast.path(`/participants/${moderator.id}`));
  assert.equal((await cast.host.socket.take("recording_stopped")).data.reason, "recorder_left");
  await start(cast);
  await cast.ask(cast.host, "PATCH", cast.path(), { body: { recording_enabled: false } });
  assert.equal((await cast.host.socket.take("recording_stopped")).data.reason, "disabled");
  await cast.ask(cast.host, "PATCH", cast.path(), { body: { recording_enabled: true } });
  await start(cast);
  await cast.ask(cast.host, "DELETE", cast.path());
  const ended = await untilStopped(cast);
  assert.equal(ended.state, "finishing");
  assert.ok(ended.ended_at);
});

Deno.test("it survives a restart with those who are there, and ends without them", async () => {
  await using cast = await Cast.gather();
  await cast.enter(cast.host);
  const { recording_id } = await start(cast);
  await cast.restart();
  await cast.connect(cast.host);
  const state = await cast.host.socket.take("room_state");
  assert.equal(state.data.recording?.recording_id, recording_id);
  await stop(cast);

  const empty = await Cast.gather();
  await start(empty);
  await empty.restart();
  assert.equal((await list(empty, empty.host))[0]?.state, "finishing");
  await empty[Symbol.asyncDispose]();
});

Deno.test("strangers find nothing, those who lead all, moderators may not delete", async () => {
  await using cast = await Cast.gather();
  await cast.enter(cast.host);
  const { recording_id } = await make(cast);
  const path = `/video/recordings/${recording_id}`;
  const stranger = await cast.user("Stranger");
  const participant = await cast.enterAs("participant", "Paula");
  const guest = await cast.enterAs("guest", "Gina");
  const moderator = await cast.enterAs("moderator", "Mo");
  for (const who of [stranger, participant, guest]) {
    assert.deepEqual(await list(cast, who), []);
    assert.deepEqual(await list(cast, who, `?room_id=${cast.room.room_id}`), []);
    for (const rest of ["", "/file", "/thumbnail"]) {
      const { status, body } = await cast.ask(who, "GET", path + rest);
      assert.deepEqual([status, body.error_code], [404, "RECORDING_NOT_FOUND"], who.name + rest);
    }
    assert.equal((await cast.ask(who, "DELETE", path)).status, 404);
  }
  assert.equal((await list(cast, moderator)).length, 1);
  assert.equal((await cast.ask(moderator, "GET", path)).body.can_delete, false);
  assert.equal((await cast.ask(moderator, "GET", `${path}/file`)).status, 200);
  assert.equal((await cast.ask(moderator, "DELETE", path)).status, 403);
  // Who led and was sent away for good leads no more.
  await cast.ask(cast.host, "DELETE", cast.path(`/participants/${moderator.id}?ban=true`));
  assert.equal((await cast.ask(moderator, "GET", path)).status, 404);
  // The room's end changes nothing for its host.
  await cast.ask(cast.host, "DELETE", cast.path());
  assert.equal((await list(cast, cast.host)).length, 1);
});

Deno.test("deleting takes the files along, and stops what runs", async () => {
  const directory = await Deno.makeTempDir({ prefix: "videocall-recordings-" });
  await using cast = await Cast.gather({}, { RECORDINGS_DIR: directory });
  const { recording_id } = await make(cast);
  const thumbnail = await Deno.readFile(THUMBNAIL_URL);
  const client = new TusClient(cast.app.origin, cast.host.token);
  await client.upload(recording_id, { bytes: thumbnail, type: "image/jpeg" });
  const folder = join(directory, `room_${cast.room.room_id}`);
  const names = (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name).sort();
  assert.equal(names.length, 2);
  assert.match(names[0]!, /^recording_\d{8}_\d{6}\.mp4$/);
  assert.match(names[1]!, /^recording_\d{8}_\d{6}_thumb\.jpg$/);
  const path = `/video/recordings/${recording_id}`;
  assert.equal((await cast.ask(cast.host, "DELETE", path)).status, 204);
  assert.equal((await cast.ask(cast.host, "GET", path)).status, 404);
  await assert.rejects(Deno.stat(folder), Deno.errors.NotFound);

  await cast.enter(cast.host);
  const running = await start(cast);
  assert.equal(
    (await cast.ask(cast.host, "DELETE", `/video/recordings/${running.recording_id}`)).status,
    204,
  );
  assert.equal((await cast.host.socket.take("recording_stopped")).data.reason, "deleted");
  await start(cast);
  await stop(cast);
  await Deno.remove(directory, { recursive: true });
});

Deno.test("lists have pages, newest first", async () => {
  await using cast = await Cast.gather();
  const ids: number[] = [];
  for (let count = 0; count < 3; count++) {
    ids.unshift((await start(cast)).recording_id);
    await stop(cast);
  }
  const page = async (query: string) =>
    (await list(cast, cast.host, query)).map(({ recording_id }) => recording_id);
  assert.deepEqual(await page(""), ids);
  assert.deepEqual(await page("?limit=2"), ids.slice(0, 2));
  assert.deepEqual(await page("?limit=2&offset=2"), ids.slice(2));
  assert.deepEqual(await page("?room_id=999999"), []);
});
