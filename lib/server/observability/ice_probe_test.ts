/** Against a server made of a few lines, which wants what coturn wants. */
import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { createHash, createHmac } from "node:crypto";
import { createSocket, type RemoteInfo } from "node:dgram";
import { probeIceServer } from "./ice_probe.ts";
import { ATTRIBUTE, METHOD } from "./stun.ts";

const USER = { username: "ann", credential: "secret" };
const REALM = "example.org";

function attribute(type: number, value: Buffer): Buffer {
  const header = Buffer.alloc(4);
  header.writeUInt16BE(type, 0);
  header.writeUInt16BE(value.length, 2);
  return Buffer.concat([header, value, Buffer.alloc((4 - value.length % 4) % 4)]);
}

function answerTo(question: Buffer, bits: number, attributes: Buffer[] = []): Buffer {
  const body = Buffer.concat(attributes);
  const header = Buffer.from(question.subarray(0, 20));
  header.writeUInt16BE(question.readUInt16BE(0) | bits, 0);
  header.writeUInt16BE(body.length, 2);
  return Buffer.concat([header, body]);
}

/** The signature covers everything before it, with the length as it is in the end. */
function isSigned(question: Buffer): boolean {
  const key = createHash("md5").update(`${USER.username}:${REALM}:${USER.credential}`).digest();
  const end = question.length - 24;
  if (end < 20 || question.readUInt16BE(end) !== ATTRIBUTE.messageIntegrity) return false;
  const expected = createHmac("sha1", key).update(question.subarray(0, end)).digest();
  return question.subarray(end + 4).equals(expected);
}

const CHALLENGE = [
  attribute(ATTRIBUTE.errorCode, Buffer.from([0, 0, 4, 1])),
  attribute(ATTRIBUTE.realm, Buffer.from(REALM)),
  attribute(ATTRIBUTE.nonce, Buffer.from("a-nonce")),
];

function reply(question: Buffer, allocated: { now: number }): Buffer {
  const type = question.readUInt16BE(0);
  if (type === METHOD.binding) return answerTo(question, 0x100);
  if (!isSigned(question)) return answerTo(question, 0x110, CHALLENGE);
  allocated.now += type === METHOD.allocate ? 1 : -1;
  return answerTo(question, 0x100);
}

async function udpServer(allocated: { now: number }) {
  const socket = createSocket("udp4");
  socket.on("message", (question: Buffer, from: RemoteInfo) => {
    // Somebody else's answer first: it must be passed over.
    const foreign = answerTo(question, 0x100);
    foreign[10]! ^= 1;
    socket.send(foreign, from.port, from.address);
    socket.send(reply(question, allocated), from.port, from.address);
  });
  await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
  return { port: socket.address().port, [Symbol.dispose]: () => socket.close() };
}

Deno.test("STUN and TURN over UDP: there, and ours or not; nothing stays allocated", async () => {
  const allocated = { now: 0 };
  using server = await udpServer(allocated);
  const at = (kind: string) => `${kind}:127.0.0.1:${server.port}`;
  const stun = await probeIceServer(at("stun"), null);
  assert.deepEqual(
    { ...stun, round_trip_ms: null },
    { url: at("stun"), kind: "stun", reachable: true, round_trip_ms: null, authorized: null },
  );
  assert.ok(stun.round_trip_ms !== null && stun.round_trip_ms < 1_000);
  const turn = await probeIceServer(`${at("turn")}?transport=udp`, USER);
  assert.deepEqual([turn.kind, turn.reachable, turn.authorized], ["turn", true, true]);
  assert.equal(allocated.now, 0);
  const stranger = await probeIceServer(at("turn"), { ...USER, credential: "wrong" });
  assert.deepEqual([stranger.reachable, stranger.authorized], [true, false]);
  assert.equal((await probeIceServer(at("turn"), null)).authorized, false);
});

Deno.test("TURN over TCP, in pieces", async () => {
  const allocated = { now: 0 };
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const served = (async () => {
    using connection = await listener.accept();
    const chunk = new Uint8Array(2_048);
    for (let read = await connection.read(chunk); read; read = await connection.read(chunk)) {
      const answer = reply(Buffer.from(chunk.subarray(0, read)), allocated);
      await connection.write(answer.subarray(0, 3));
      await new Promise((resolve) => setTimeout(resolve, 10));
      await connection.write(answer.subarray(3));
    }
  })();
  const url = `turn:127.0.0.1:${listener.addr.port}?transport=tcp`;
  const { reachable, authorized } = await probeIceServer(url, USER);
  assert.deepEqual([reachable, authorized, allocated.now], [true, true, 0]);
  await served;
});

Deno.test("nobody there, or nobody who speaks: not reachable, in time", async () => {
  const gone = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = gone.addr;
  gone.close();
  const startedAt = performance.now();
  const [tcp, udp, strange] = await Promise.all([
    probeIceServer(`turn:127.0.0.1:${port}?transport=tcp`, USER),
    probeIceServer(`turn:127.0.0.1:${port}`, USER),
    probeIceServer("http://example.org", null),
  ]);
  assert.deepEqual([tcp.reachable, udp.reachable, strange.reachable], [false, false, null]);
  assert.ok(performance.now() - startedAt < 4_000);
});
