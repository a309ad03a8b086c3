import assert from "node:assert/strict";
import { type Bytes, utf8 } from "./bytes.ts";
import type { FrameKind } from "./frame_format.ts";
import {
  AGREE_WITHIN_MS,
  LEAVES_TOGETHER_MS,
  MediaCrypto,
  SWITCH_AFTER_MS,
} from "./media_crypto.ts";
import type { PairMessage } from "./pair_session.ts";
import { decodeHeader } from "./sframe_header.ts";
import { readKid } from "./sender_key.ts";

const CAMERA = 1;
const VP8: FrameKind = { mimeType: "video/VP8", type: "key" };
const OPUS: FrameKind = { mimeType: "audio/opus" };
const random = (length = 32): Bytes => crypto.getRandomValues(new Uint8Array(length));

/** People in one room, their messages carried at once; time moves by `advance`. */
class Meeting {
  nowMs = 0;
  readonly people = new Map<number, MediaCrypto>();
  readonly fingerprints = new Map<number, Bytes>();
  readonly confirmed: [number, number][] = [];
  readonly failures: [number, number, string][] = [];
  /** Messages from one to the other that get lost. */
  readonly cut = new Set<string>();
  #timers: { atMs: number; callback: () => void }[] = [];

  async enter(id: number): Promise<MediaCrypto> {
    this.fingerprints.set(id, random());
    const person = new MediaCrypto({ room: "ABCD2345", selfId: id, roomSecret: null }, {
      send: (to, message) => void this.#carry(id, to, message),
      confirmed: (peer) => this.confirmed.push([id, peer]),
      failed: (peer, reason) => this.failures.push([id, peer, reason]),
      nowMs: () => this.nowMs,
      setTimeout: (callback, delayMs) => {
        this.#timers.push({ atMs: this.nowMs + delayMs, callback });
      },
    });
    for (const [other, crypto] of this.people) {
      this.#pair(person, id, other);
      this.#pair(crypto, other, id);
    }
    this.people.set(id, person);
    await settle();
    return person;
  }

  async leave(id: number): Promise<void> {
    this.people.delete(id);
    for (const person of this.people.values()) person.removePeer(id);
    await this.advance(LEAVES_TOGETHER_MS);
  }

  async advance(durationMs: number): Promise<void> {
    this.nowMs += durationMs;
    const due = this.#timers.filter(({ atMs }) => atMs <= this.nowMs);
    this.#timers = this.#timers.filter(({ atMs }) => atMs > this.nowMs);
    for (const { callback } of due) callback();
    await settle();
  }

  #pair(person: MediaCrypto, id: number, other: number): void {
    person.startPair(other, {
      selfFingerprint: this.fingerprints.get(id)!,
      peerFingerprint: this.fingerprints.get(other)!,
    });
  }

  #carry(from: number, to: number, message: PairMessage): void {
    if (this.cut.has(`${from} ${to}`)) return;
    queueMicrotask(() => this.people.get(to)?.receive(from, message));
  }
}

/** WebCrypto answers from other threads. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 30; turn++) await new Promise((resolve) => setTimeout(resolve, 1));
}

async function say(person: MediaCrypto, text: string, kind = OPUS): Promise<Bytes> {
  const sealed = await person.sealFrame(CAMERA, kind, utf8(text));
  assert.ok(sealed);
  return sealed;
}

async function hear(
  person: MediaCrypto,
  from: number,
  data: Bytes,
  changes: { line?: number; kind?: FrameKind } = {},
): Promise<string | null> {
  const opened = await person.openFrame(from, { line: CAMERA, kind: OPUS, data, ...changes });
  return opened && new TextDecoder().decode(opened);
}

Deno.test("everyone in the room hears everyone, and nothing clear is on the wire", async () => {
  const meeting = new Meeting();
  const [a, b, c] = [await meeting.enter(1), await meeting.enter(2), await meeting.enter(3)];
  const frame = await say(a, "hello");
  assert.equal(new TextDecoder().decode(frame).includes("hello"), false);
  assert.equal(await hear(b, 1, frame), "hello");
  assert.equal(await hear(c, 1, frame), "hello");
  assert.equal(await hear(a, 3, await say(c, "hi")), "hi");
  assert.equal(meeting.confirmed.length, 6);
  assert.deepEqual(meeting.failures, []);
});

Deno.test("VP8 keeps its first octets readable, and they are authenticated", async () => {
  const meeting = new Meeting();
  const [a, b] = [await meeting.enter(1), await meeting.enter(2)];
  const frame = await say(a, "0123456789and the picture", VP8);
  assert.equal(new TextDecoder().decode(frame.subarray(0, 10)), "0123456789");
  assert.equal(await hear(b, 1, frame, { kind: VP8 }), "0123456789and the picture");
  const again = await say(a, "0123456789and the picture", VP8);
  again[0]! ^= 1;
  assert.equal(await hear(b, 1, again, { kind: VP8 }), null);
});

Deno.test("an agreement that is held up has failed after five seconds", async () => {
  const meeting = new Meeting();
  meeting.cut.add("2 1");
  await meeting.enter(1);
  await meeting.enter(2);
  await meeting.advance(AGREE_WITHIN_MS);
  assert.deepEqual(meeting.confirmed, []);
  assert.deepEqual(meeting.failures.sort(), [[1, 2, "timeout"], [2, 1, "timeout"]]);
});

Deno.test("a codec whose frames cannot be encrypted sends nothing, rather than in clear", async () => {
  const meeting = new Meeting();
  const a = await meeting.enter(1);
  for (const mimeType of ["video/H264", "video/AV1", ""]) {
    assert.equal(await a.sealFrame(CAMERA, { mimeType, type: "key" }, utf8("picture")), null);
  }
});

Deno.test("a frame is heard once, on its own line, as its own sender's", async () => {
  const meeting = new Meeting();
  const [a, b] = [await meeting.enter(1), await meeting.enter(2)];
  await meeting.enter(3);
  const frame = await say(a, "once");
  assert.equal(await hear(b, 1, frame, { line: 2 }), null);
  assert.equal(await hear(b, 3, frame), null);
  assert.equal(await hear(b, 1, frame.subarray(0, 3)), null);
  assert.equal(await hear(b, 1, frame), "once");
  assert.equal(await hear(b, 1, frame), null);
});

Deno.test("a late joiner cannot open what was said before", async () => {
  const meeting = new Meeting();
  const [a, b] = [await meeting.enter(1), await meeting.enter(2)];
  const before = await say(a, "the secret");
  const late = await meeting.enter(3);
  assert.equal(await hear(late, 1, before), null);
  assert.equal(await hear(b, 1, before), "the secret");
  const after = await say(a, "welcome");
  assert.equal(await hear(late, 1, after), "welcome");
  assert.equal(await hear(b, 1, after), "welcome");
});

Deno.test("who left cannot open what is said afterwards; those who stay can", async () => {
  const meeting = new Meeting();
  const [a, b, c] = [await meeting.enter(1), await meeting.enter(2), await meeting.enter(3)];
  assert.equal(await hear(c, 1, await say(a, "all here")), "all here");
  await meeting.leave(3);
  const frame = await say(a, "just us");
  assert.equal(await hear(b, 1, frame), "just us");
  assert.equal(await hear(c, 1, frame), null);
});

Deno.test("a new key waits for those who have not got it, but not longer than a second", async () => {
  const meeting = new Meeting();
  const [a, b] = [await meeting.enter(1), await meeting.enter(2)];
  await meeting.enter(3);
  const generation = async () => {
    const header = decodeHeader(await say(a, "x"));
    return readKid(header!.kid).generation;
  };
  assert.equal(await generation(), 0);
  meeting.cut.add("2 1");
  await meeting.leave(3);
  assert.equal(await generation(), 0);
  await meeting.advance(SWITCH_AFTER_MS);
  assert.equal(await generation(), 1);
  assert.equal(await hear(b, 1, await say(a, "late")), "late");
});

Deno.test("people who leave together cause one new key", async () => {
  const meeting = new Meeting();
  const a = await meeting.enter(1);
  await meeting.enter(2);
  await meeting.enter(3);
  await meeting.enter(4);
  a.removePeer(3);
  a.removePeer(4);
  await meeting.advance(LEAVES_TOGETHER_MS);
  const header = decodeHeader(await say(a, "x"));
  assert.equal(readKid(header!.kid).generation, 1);
});

Deno.test("more people than a generation has steps: everyone still hears everyone", async () => {
  const meeting = new Meeting();
  const a = await meeting.enter(1);
  const others: MediaCrypto[] = [];
  for (let id = 2; id < 20; id++) others.push(await meeting.enter(id));
  const frame = await say(a, "a crowd");
  for (const other of others) assert.equal(await hear(other, 1, frame), "a crowd");
});
