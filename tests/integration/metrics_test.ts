/** `/api/metrics/`, connection quality and request ids, over the real thing. */
import assert from "node:assert/strict";
import { pageOf, ParticipantQuality } from "../../lib/shared/protocol/admin.ts";
import { AdminDesk } from "../fixtures/admin_desk.ts";
import { until } from "../fixtures/poll.ts";
import { SocketClient } from "../fixtures/socket_client.ts";
import { startApp } from "./app.ts";

const METRICS_TOKEN = "a-token-for-scraping";
const LINK = { rtt_ms: 40, jitter_ms: 3, loss: 0.02, relayed: true };

Deno.test("metrics are for administrators and the scrape token", async () => {
  const app = await startApp({ METRICS_TOKEN });
  const user = await app.signIn();
  const read = (token?: string, headers: Record<string, string> = {}) =>
    app.ask("GET", "/api/metrics/", { token, headers });
  assert.equal((await read()).status, 401);
  assert.equal((await read("wrong-token")).status, 401);
  assert.equal((await read(user.token)).status, 403);
  const desk = await AdminDesk.open(app);
  assert.equal((await read(desk.token)).status, 200);
  const text = await read(METRICS_TOKEN);
  assert.equal(text.status, 200);
  assert.match(text.headers.get("content-type")!, /^text\/plain; version=0\.0\.4/);
  const json = await read(METRICS_TOKEN, { accept: "application/json" });
  assert.ok(json.body.metrics.some(({ name }: { name: string }) => name.startsWith("videocall_")));
  assert.equal((await app.ask("GET", "/api/metrics", { token: METRICS_TOKEN })).status, 200);
  await app.stop();
});

Deno.test("without METRICS_TOKEN no token but an administrator's opens them", async () => {
  const app = await startApp();
  assert.equal((await app.ask("GET", "/api/metrics/", { token: "" })).status, 401);
  assert.equal((await app.ask("GET", "/api/metrics/", { token: "null" })).status, 401);
  await app.stop();
});

Deno.test("rooms, people, messages, joins, failures and quality are counted", async () => {
  const app = await startApp({ METRICS_TOKEN });
  const desk = await AdminDesk.open(app);
  const host = await app.signIn("Host");
  const room = await app.createRoom(host.token, { room_name: "Party" });
  const answer = (await app.join(host.token, room.room_code)).body;
  await app.join(host.token, room.room_code);
  await using socket = await SocketClient.open(answer);
  await socket.take("room_state");
  const other = (await app.join((await app.signIn("Ben")).token, room.room_code)).body;
  socket.send({
    type: "quality-report",
    data: { links: [{ ...LINK, participant_id: other.participant_id }] },
  });
  socket.send({ type: "whatever" });
  socket.send({
    type: "webrtc-error",
    data: { participant_id: 9, name: "OperationError", message: "m" },
  });
  socket.send({
    type: "webrtc-error",
    data: { participant_id: 9, name: "e2ee_tripwire", message: "m" },
  });
  await socket.heardSoFar();
  await app.ask("GET", "/video/rooms/ZZZZZZZZ", { token: host.token });

  const { body } = await app.ask<string>("GET", "/api/metrics/", { token: METRICS_TOKEN });
  const lines = body.split("\n");
  for (
    const line of [
      "videocall_rooms_active 1",
      "videocall_participants 2",
      "videocall_sockets_open 1",
      "videocall_links_relayed_ratio 1",
      'videocall_socket_messages_total{type="quality-report"} 1',
      'videocall_socket_messages_total{type="unknown"} 1',
      'videocall_joins_total{kind="first"} 2',
      'videocall_joins_total{kind="returned"} 1',
      'videocall_failures_total{code="ROOM_NOT_FOUND"} 1',
      'videocall_failures_total{code="VALIDATION_ERROR"} 1',
      'videocall_sign_ins_total{kind="user"} 2',
      'videocall_sign_ins_total{kind="admin"} 1',
      'videocall_webrtc_errors_total{kind="webrtc"} 1',
      'videocall_webrtc_errors_total{kind="encryption"} 1',
      "videocall_link_rtt_seconds_sum 0.04",
    ]
  ) assert.ok(lines.includes(line), `${line}\n${body}`);

  const quality = await desk.get("quality");
  assert.deepEqual(pageOf(ParticipantQuality).parse(quality), quality);
  const [row] = quality.items;
  assert.deepEqual([row.room_name, row.user_name, row.links[0].user_name], [
    "Party",
    "Host",
    "Ben",
  ]);
  assert.equal((await desk.get(`quality?room_id=${room.room_id + 1}`)).total, 0);
  const events = app.log.map((line) => JSON.parse(line).event);
  assert.ok(events.includes("webrtc_error") && events.includes("encryption_problem"));
  await app.stop();
});

Deno.test("every answer has a request id, and the log line of a failure the same", async () => {
  const app = await startApp();
  const ids = new Set<string>();
  for (const path of ["/", "/api/health/", "/nothing", "/api/nothing", "/video/ws/x/1"]) {
    const id = (await app.ask("GET", path)).headers.get("x-request-id");
    assert.match(id ?? "", /^[0-9a-f-]{36}$/, path);
    ids.add(id!);
  }
  assert.equal(ids.size, 5);

  const given = { "x-request-id": "proxy-made.1" };
  const behindProxy = await app.ask("GET", "/api/health/", { headers: given });
  assert.equal(behindProxy.headers.get("x-request-id"), "proxy-made.1");
  const nasty = { "x-request-id": "a b" };
  const refused = await app.ask("GET", "/api/health/", { headers: nasty });
  assert.match(refused.headers.get("x-request-id")!, /^[0-9a-f-]{36}$/);

  const login = { body: { password: "wrong-password", user_name: "Ann" } };
  const wrong = await app.ask("POST", "/api/auth/login", login);
  const line = await until("the failure in the log", () => {
    const found = app.log.find((each) => each.includes('"auth_failed"'));
    return found ?? null;
  });
  assert.equal(JSON.parse(line).request_id, wrong.headers.get("x-request-id"));

  const { kv } = app.container;
  kv.close();
  const failed = await app.ask("POST", "/api/auth/login", login);
  assert.equal(failed.body.request_id, failed.headers.get("x-request-id"));
  const last = app.log.map((each) => JSON.parse(each)).findLast(({ error }) => error !== undefined);
  assert.equal(last.request_id, failed.body.request_id);
  app.container.kv = await Deno.openKv(":memory:");
  await app.stop().catch(() => {});
});
