import assert from "node:assert/strict";
import { concat, utf8 } from "./bytes.ts";
import { CAMERA, hear, Meeting, OPUS, say, settle } from "./fake_meeting.ts";
import type { FrameKind } from "./frame_format.ts";
import {
  AGREE_WITHIN_MS,
  LEAVES_TOGETHER_MS,
  type MediaCrypto,
  SWITCH_AFTER_MS,
} from "./media_crypto.ts";
import { decodeHeader, encodeHeader } from "./sframe_header.ts";
import { readKid } from "./sender_key.ts";

const VP8: FrameKind = { mimeType: "video/VP8", type: "key" };

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

Deno.test("an agreement that is held up has failed after twenty seconds", async () => {
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
  const again = await b.openFrame(1, { line: CAMERA, kind: OPUS, data: frame });
  assert.equal(again, "repeated");
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
  assert.ok(LEAVES_TOGETHER_MS + SWITCH_AFTER_MS < 1_000, "with time to spare for timers");
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

Deno.test("messages go under the former agreement until the next one is made", async () => {
  const meeting = new Meeting();
  const [a, b] = [await meeting.enter(1), await meeting.enter(2)];
  const before = await a.sealMessage(2, "before");
  meeting.cut.add("1 2");
  meeting.reconnect(1, 2);
  const between = await a.sealMessage(2, "between");
  assert.equal(await b.openMessage(1, before!), "before");
  assert.equal(await b.openMessage(1, between!), "between");
  await meeting.advance(AGREE_WITHIN_MS);
  assert.ok(meeting.failures.length > 0);
  assert.equal(await b.openMessage(1, between!), null);
  // Nothing came of the new one: the former still serves.
  const still = await b.sealMessage(1, "still");
  assert.equal(await a.openMessage(2, still!), "still");

  meeting.cut.clear();
  meeting.reconnect(1, 2);
  await settle();
  const after = await a.sealMessage(2, "after");
  assert.equal(await b.openMessage(1, after!), "after");
  b.removePeer(1);
  assert.equal(await b.sealMessage(1, "gone"), null);
});

Deno.test("cut short anywhere, or with any bit changed, a frame is not heard", async () => {
  const meeting = new Meeting();
  const [a, b] = [await meeting.enter(1), await meeting.enter(2)];
  const frame = await say(a, "whole");
  for (let length = 0; length < frame.length; length++) {
    assert.equal(await hear(b, 1, frame.subarray(0, length)), null, `${length} octets`);
  }
  for (let bit = 0; bit < frame.length * 8; bit++) {
    const changed = new Uint8Array(frame);
    changed[bit >> 3]! ^= 1 << (bit & 7);
    assert.equal(await hear(b, 1, changed), null, `bit ${bit}`);
  }
  // None of that used up the counter of the true one.
  assert.equal(await hear(b, 1, frame), "whole");
});

Deno.test("a key id that nobody has, or that another sender has, opens nothing", async () => {
  const meeting = new Meeting();
  const [a, b] = [await meeting.enter(1), await meeting.enter(2)];
  const c = await meeting.enter(3);
  const [fromA, fromC] = [await say(a, "mine"), await say(c, "mine")];
  const [headerA, headerC] = [decodeHeader(fromA)!, decodeHeader(fromC)!];
  const body = fromA.subarray(headerA.length);
  for (const kid of [headerC.kid, headerA.kid + 1n, headerA.kid + 16n, 2n ** 64n - 1n]) {
    if (kid === headerA.kid) continue;
    const header = encodeHeader(kid, headerA.ctr);
    assert.equal(await hear(b, 1, concat(header, body)), null, `key id ${kid}`);
  }
  assert.equal(await hear(b, 1, fromC), null);
  assert.equal(await hear(b, 1, fromA), "mine");
});

Deno.test("before a key is worn out there is a new one; without it nothing leaves", async () => {
  const meeting = new Meeting();
  const a = await meeting.enter(1, { maxFramesPerKey: 8 });
  const b = await meeting.enter(2);
  const kids = new Set<bigint>();
  const send = async () => {
    const frame = await a.sealFrame(CAMERA, OPUS, utf8("again"));
    if (frame !== null) kids.add(decodeHeader(frame)!.kid);
    return frame;
  };
  for (let count = 0; count < 8; count++) assert.ok(await send());
  assert.equal(kids.size, 1);
  assert.equal(await send(), null);
  await meeting.advance(LEAVES_TOGETHER_MS);
  const next = await send();
  assert.ok(next);
  assert.equal(kids.size, 2);
  assert.equal(await hear(b, 1, next), "again");
});

Deno.test("a new connection to somebody means a new key", async () => {
  const meeting = new Meeting();
  const [a, b] = [await meeting.enter(1), await meeting.enter(2)];
  meeting.reconnect(1, 2);
  await settle();
  await meeting.advance(LEAVES_TOGETHER_MS);
  const frame = await say(a, "again");
  assert.equal(readKid(decodeHeader(frame)!.kid).generation, 1);
  assert.equal(await hear(b, 1, frame), "again");
});
