/** Who may not in, and what may not be said: the documented answer, and nobody else notices. */
import assert from "node:assert/strict";
import {
  MAX_SOCKET_MESSAGE_BYTES,
  MAX_SOCKETS_PER_ADDRESS,
  SOCKET_MESSAGE_BURST,
} from "../../lib/shared/protocol/limits.ts";
import { SOCKET_REFUSALS } from "../../lib/shared/protocol/operations_model.ts";
import { Api } from "../fixtures/api.ts";
import { type Member, RoomOnStage } from "../fixtures/room_on_stage.ts";
import { handshake } from "../fixtures/wire.ts";

/** The bystander's call goes on, and the process is the same. */
async function undisturbed(stage: RoomOnStage, bystander: Member, pid: number): Promise<void> {
  assert.equal(stage.product.pid, pid);
  await bystander.socket.heardSoFar();
  const health = await fetch(`${stage.product.origin}/api/health/`);
  assert.equal(health.status, 200);
  await health.body?.cancel();
}

interface BadMessage {
  name: string;
  send: (member: Member) => void;
  code: number;
}

const ENDING: BadMessage[] = [
  { name: "text that is not JSON", send: ({ socket }) => socket.sendRaw("{oops"), code: 4400 },
  { name: "JSON that is no envelope", send: ({ socket }) => socket.sendRaw("[1,2]"), code: 4400 },
  { name: "a binary frame", send: ({ socket }) => socket.sendRaw(new Uint8Array(8)), code: 4400 },
  {
    name: "an oversized message",
    send: ({ socket }) => socket.send({ type: "ping", data: "x".repeat(MAX_SOCKET_MESSAGE_BYTES) }),
    code: 4413,
  },
  {
    name: "an oversized message in a multi-byte script",
    send: ({ socket }) =>
      socket.send({ type: "ping", data: "ж".repeat(MAX_SOCKET_MESSAGE_BYTES / 2) }),
    code: 4413,
  },
  {
    name: "a flood",
    send: ({ socket }) => {
      for (let i = 0; i < SOCKET_MESSAGE_BURST * 3; i++) socket.send({ type: "ping" });
    },
    code: 4429,
  },
];

for (const { name, send, code } of ENDING) {
  Deno.test(`${name} closes the socket with ${code} and disturbs nobody`, async () => {
    await using stage = await RoomOnStage.start();
    const pid = stage.product.pid;
    const ann = await stage.enter("Host");
    const bad = await stage.enter("Bad");
    send(bad);
    assert.equal((await bad.socket.closed).code, code);
    await undisturbed(stage, ann, pid);
    // The door stays open for the same person.
    const again = await stage.connect(bad.answer);
    assert.equal((await again.take("room_state")).data.self.participant_id, bad.id);
  });
}

Deno.test("a wrong message is refused in words and the call goes on", async () => {
  await using stage = await RoomOnStage.start();
  const ann = await stage.enter("Host");
  const ben = await stage.enter("Ben");
  const refused = [
    { type: "make-coffee" },
    { type: "constructor" },
    { type: "offer", data: { type: "offer", sdp: "hello" } },
    { type: "offer", data: { type: "offer", sdp: "v=0\r\n\u0000" } },
    { type: "mute-audio", data: { muted: "yes" } },
    { type: "ice-candidate", data: { candidate: "a\r\nb" } },
  ];
  for (const message of refused) {
    ben.socket.send(message);
    const { data } = await ben.socket.take("error");
    assert.equal(data.error_code, "VALIDATION_ERROR", message.type);
    assert.ok(data.detail.length > 0);
  }
  ben.socket.send({ type: "offer", data: { type: "offer", sdp: "v=0\r\n" }, to: 999_999 });
  assert.equal((await ben.socket.take("error")).data.error_code, "PARTICIPANT_NOT_FOUND");
  ben.socket.send({ type: "offer", data: { type: "offer", sdp: "v=0\r\n" }, to: ben.id });
  assert.equal((await ben.socket.take("error")).data.error_code, "PARTICIPANT_NOT_FOUND");
  const types = (await ann.socket.heardSoFar()).map(({ type }) => type);
  assert.deepEqual(types.filter((type) => type === "offer" || type === "error"), []);
  await ben.socket.heardSoFar();
});

Deno.test("nobody speaks into another room", async () => {
  await using stage = await RoomOnStage.start();
  const ann = await stage.enter("Host");
  await ann.socket.heardSoFar();
  const eve = await Api.signIn(stage.product.origin, "Eve");
  const elsewhere = await eve.createRoom();
  const answer = await eve.join(elsewhere.room_code);
  const socket = await stage.connect(answer);
  socket.send({ type: "offer", data: { type: "offer", sdp: "v=0\r\n" }, to: ann.id });
  assert.equal((await socket.take("error")).data.error_code, "PARTICIPANT_NOT_FOUND");
  assert.deepEqual(await ann.socket.heardSoFar(), []);
});

Deno.test("the door refuses before the upgrade, with the documented status", async () => {
  await using stage = await RoomOnStage.start();
  const pid = stage.product.pid;
  const ann = await stage.enter("Host");
  const ben = await stage.enter("Ben");
  const url = ben.answer.ws_url;
  const bearer = (token: string) => ({ "Sec-WebSocket-Protocol": `videocall.v1, bearer.${token}` });
  const own = bearer(ben.answer.session_token);
  const annUrl = ann.answer.ws_url;
  const nowhere = url.replace(stage.code, "ZZZZZZZZ");
  const cases: [string, string, Record<string, string>, number][] = [
    ["no token", url, { Origin: stage.product.origin }, 401],
    ["neither token nor Origin", url, {}, 403],
    ["a made-up token", url, bearer("made.up.token"), 401],
    ["a foreign Origin", url, { ...own, Origin: "https://evil.example" }, 403],
    ["the Origin null", url, { ...own, Origin: "null" }, 403],
    ["an Origin that only begins like ours", url, {
      ...own,
      Origin: `${stage.product.origin}.evil.example`,
    }, 403],
    ["someone else's place", annUrl, own, 403],
    ["a room that nobody made", nowhere, bearer(ben.api.token), 404],
    ["no user id", url.replace(/\/\d+$/, "/me"), own, 404],
  ];
  for (const [name, target, headers, status] of cases) {
    const refusal = await handshake(target, headers);
    assert.equal(refusal.status, status, `${name}: ${refusal.status} ${refusal.body}`);
    assert.ok(SOCKET_REFUSALS.includes(JSON.parse(refusal.body).error_code), name);
  }
  await stage.host.endRoom(stage.code);
  assert.equal((await handshake(url, own)).status, 410);
  assert.equal(stage.product.pid, pid);
});

Deno.test("a person may not hold sockets without end", async () => {
  await using stage = await RoomOnStage.start();
  const statuses: number[] = [];
  for (let i = 0; i < 6; i++) {
    const room = await stage.host.createRoom({ room_name: `Room ${i}` });
    const answer = await stage.host.join(room.room_code);
    const opened = await stage.connect(answer).then(() => 101, () => 429);
    statuses.push(opened);
  }
  assert.deepEqual(statuses, [101, 101, 101, 101, 429, 429]);
  const { ws_url, session_token } = await stage.host.join(stage.code);
  const refused = await handshake(ws_url, {
    "Sec-WebSocket-Protocol": `videocall.v1, bearer.${session_token}`,
  });
  assert.equal(refused.status, 429);
  assert.match(refused.headers.get("retry-after") ?? "", /^[1-9]\d*$/);
});

Deno.test("the address for checks greets anybody, closes after a moment, and has its limits", async () => {
  await using stage = await RoomOnStage.start();
  const { origin } = stage.product;
  const url = `${origin.replace("http", "ws")}/ws/`;
  const open = () => {
    const socket = new WebSocket(url);
    const greeted = new Promise<string>((resolve) => socket.onmessage = (e) => resolve(e.data));
    const closed = new Promise<number>((resolve) => socket.onclose = (e) => resolve(e.code));
    socket.onerror = () => {};
    return { socket, greeted, closed };
  };
  const check = open();
  const { type, data } = JSON.parse(await check.greeted);
  assert.equal(type, "pong");
  assert.ok(Math.abs(Date.parse(data.server_time) - Date.now()) < 60_000);
  assert.equal(await check.closed, 1000);

  const talker = open();
  await talker.greeted;
  talker.socket.send("anything");
  assert.equal(await talker.closed, 1000);

  const plain = await fetch(`${origin}/ws/`);
  assert.equal(plain.status, 400);
  await plain.body?.cancel();

  const many = Array.from({ length: MAX_SOCKETS_PER_ADDRESS }, open);
  await Promise.all(many.map(({ greeted }) => greeted));
  const refused = await handshake(`${origin}/ws/`, {});
  assert.equal(refused.status, 429);
  assert.ok(Number(refused.headers.get("retry-after")) > 0);
  for (const { socket } of many) socket.close();
  await Promise.all(many.map(({ closed }) => closed));
});
