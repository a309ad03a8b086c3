/** Keys and pictures that are there before the agreement is confirmed on both sides. */
import assert from "node:assert/strict";
import type { Bytes } from "./bytes.ts";
import { hear, Meeting, OPUS, say, settle } from "./fake_meeting.ts";
import type { FrameKind } from "./frame_format.ts";
import { EARLY_FRAMES_MS, MAX_EARLY_FRAMES } from "./key_wait.ts";
import {
  AGREE_WITHIN_MS,
  LEAVES_TOGETHER_MS,
  type MediaCrypto,
  SWITCH_AFTER_MS,
} from "./media_crypto.ts";
import { readKid } from "./sender_key.ts";
import { decodeHeader } from "./sframe_header.ts";

const VP8: FrameKind = { mimeType: "video/VP8", type: "delta" };

async function generationOf(person: MediaCrypto): Promise<number> {
  return readKid(decodeHeader(await say(person, "x"))!.kid).generation;
}

/** The third one has what the first gives early, and never confirms. */
async function withSilentThird(): Promise<{ meeting: Meeting; people: MediaCrypto[] }> {
  const meeting = new Meeting();
  meeting.tamper = (message, from) => from === 3 && message.type === "confirm" ? null : message;
  const people = [await meeting.enter(1), await meeting.enter(2), await meeting.enter(3)];
  return { meeting, people };
}

Deno.test("the lower one's key is there without its having heard a confirmation", async () => {
  const { meeting, people: [a, b, c] } = await withSilentThird();
  const frame = await say(a!, "early");
  assert.equal(await hear(c!, 1, frame), "early");
  assert.equal(await hear(b!, 1, frame), "early");
  assert.ok(!meeting.confirmed.some(([who, peer]) => who === 1 && peer === 3));
});

Deno.test("who has the key and does not confirm gets no later one, and is shut out in the end", async () => {
  const { meeting, people: [a, b, c] } = await withSilentThird();
  await meeting.enter(4);
  await meeting.leave(4);
  assert.equal(await generationOf(a!), 1);
  const later = await say(a!, "after somebody left");
  assert.equal(await hear(b!, 1, later), "after somebody left");
  assert.equal(await hear(c!, 1, later), null);
  await meeting.advance(AGREE_WITHIN_MS);
  assert.ok(meeting.failures.some(([who, peer]) => who === 1 && peer === 3));
  await meeting.advance(LEAVES_TOGETHER_MS);
  assert.equal(await generationOf(a!), 2);
});

const endings: Record<string, (meeting: Meeting, a: MediaCrypto) => Promise<void> | void> = {
  "time runs out": (meeting) => meeting.advance(AGREE_WITHIN_MS),
  "they leave": (_, a) => a.removePeer(3),
  "the connection is replaced": (_, a) => a.startPair(3),
  "a confirmation does not fit": (_, a) => {
    a.receive(3, { type: "confirm", mac: "AAAA" });
    return settle();
  },
};

for (const [ending, happens] of Object.entries(endings)) {
  Deno.test(`given early, then ${ending}: a new key, as if they had confirmed`, async () => {
    const { meeting, people: [a, b, c] } = await withSilentThird();
    assert.equal(await generationOf(a!), 0);
    await happens(meeting, a!);
    await meeting.advance(LEAVES_TOGETHER_MS);
    assert.equal(await generationOf(a!), 1);
    const frame = await say(a!, "just us");
    assert.equal(await hear(b!, 1, frame), "just us");
    assert.equal(await hear(c!, 1, frame), null);
  });
}

Deno.test("a confirmation that comes late, after a new key was made: they get that one, too", async () => {
  const meeting = new Meeting();
  let late: (() => void) | undefined;
  meeting.tamper = (message, from) => {
    if (from !== 3 || message.type !== "confirm" || late !== undefined) return message;
    late = () => a.receive(3, message);
    return null;
  };
  const a = await meeting.enter(1);
  const c = await meeting.enter(3);
  const b = await meeting.enter(2);
  await meeting.leave(2);
  assert.equal(await generationOf(a), 1);
  const between = await say(a, "between");
  late!();
  await settle();
  const after = await say(a, "welcome");
  assert.equal(await hear(c, 1, after), "welcome");
  assert.equal(await hear(c, 1, between), null);
  assert.equal(await hear(b, 1, after), null);
});

Deno.test("while a new key is on its way, nobody gets the old one early", async () => {
  const meeting = new Meeting();
  const a = await meeting.enter(1);
  await meeting.enter(2);
  await meeting.enter(4);
  meeting.cut.add("2 1");
  await meeting.leave(4);
  meeting.tamper = (message, from) => from === 3 && message.type === "confirm" ? null : message;
  const c = await meeting.enter(3);
  assert.equal(await hear(c, 1, await say(a, "still the old one")), null);
  await meeting.advance(SWITCH_AFTER_MS);
  assert.equal(await generationOf(a), 1);
  assert.equal(await hear(c, 1, await say(a, "the new one")), null);
});

/** The first one has begun to send to the second, and no key has arrived. */
async function withoutKeys(): Promise<{ meeting: Meeting; a: MediaCrypto; b: MediaCrypto }> {
  const meeting = new Meeting();
  const a = await meeting.enter(1);
  meeting.hold();
  return { meeting, a, b: await meeting.enter(2) };
}

const pictures = (a: MediaCrypto, count: number): Promise<Bytes[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => say(a, `picture ${index}`, VP8)));

Deno.test("everything sent since the connection was described opens, nothing from before", async () => {
  const { meeting, a, b } = await withoutKeys();
  const c = await meeting.enter(3);
  const sinceThen = await say(a, "since then", VP8);
  await meeting.release();
  assert.equal(await hear(b, 1, sinceThen, { kind: VP8 }), "since then");
  assert.equal(await hear(c, 1, sinceThen, { kind: VP8 }), "since then");
  meeting.hold();
  const before = await say(a, "before", VP8);
  const late = await meeting.enter(4);
  await meeting.release();
  assert.equal(await hear(late, 1, before, { kind: VP8 }), null);
  assert.equal(await hear(c, 1, before, { kind: VP8 }), "before");
});

Deno.test("pictures wait for the first key, sound does not", async () => {
  const { meeting, a, b } = await withoutKeys();
  const frame = await say(a, "sound");
  assert.equal(await hear(b, 1, frame, { kind: OPUS }), null);
  const waiting = (await pictures(a, 3)).map((data) => hear(b, 1, data, { kind: VP8 }));
  await meeting.release();
  assert.deepEqual(await Promise.all(waiting), ["picture 0", "picture 1", "picture 2"]);
});

Deno.test("pictures wait no longer than a moment from the first one on, and only so many", async () => {
  const { meeting, a, b } = await withoutKeys();
  const heard: (string | null)[] = [];
  for (const data of await pictures(a, MAX_EARLY_FRAMES + 5)) {
    void hear(b, 1, data, { kind: VP8 }).then((text) => heard.push(text));
  }
  await settle();
  assert.deepEqual(heard, Array(5).fill(null));
  await meeting.advance(EARLY_FRAMES_MS);
  assert.deepEqual(heard, Array(MAX_EARLY_FRAMES + 5).fill(null));
  // Who comes now does not wait at all, until there has been a key.
  assert.equal(await hear(b, 1, await say(a, "too late", VP8), { kind: VP8 }), null);
  await meeting.release();
  assert.equal(await hear(b, 1, await say(a, "and now", VP8), { kind: VP8 }), "and now");
});

for (const ending of ["removed", "replaced", "failed"] as const) {
  Deno.test(`a connection that is ${ending} does not stay stuck in the wait`, async () => {
    const { meeting, a, b } = await withoutKeys();
    const [data] = await pictures(a, 1);
    const waiting = hear(b, 1, data!, { kind: VP8 });
    if (ending === "removed") b.removePeer(1);
    else if (ending === "replaced") b.startPair(1);
    else b.receive(1, { type: "hello", public_key: "", nonce: "", secret_id: "" });
    if (ending === "failed") b.receive(1, { type: "commit", commitment: "AAAA" });
    await settle();
    assert.equal(meeting.nowMs, 0);
    assert.equal(await waiting, null);
  });
}

Deno.test("a picture that overtakes the key of its generation waits for it", async () => {
  const meeting = new Meeting();
  const [a, b] = [await meeting.enter(1), await meeting.enter(2)];
  assert.equal(await hear(b, 1, await say(a, "before", VP8), { kind: VP8 }), "before");
  await meeting.enter(3);
  meeting.hold();
  await meeting.leave(3);
  await meeting.advance(SWITCH_AFTER_MS);
  assert.equal(await generationOf(a), 1);
  const waiting = hear(b, 1, await say(a, "overtook", VP8), { kind: VP8 });
  await meeting.release();
  assert.equal(await waiting, "overtook");
});
