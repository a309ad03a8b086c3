import assert from "node:assert/strict";
import { MAX_CANDIDATE_CHARS, MAX_SDP_CHARS } from "../../shared/protocol/limits.ts";
import { SealedPost, type Sealer } from "../messages/sealed_post.ts";
import type { ChannelMessage } from "../rtc/link_channel.ts";
import type { NamedSignal } from "../signaling/signaling_client.ts";
import { CARRIED_PER_PERSON, Detour, isSignal } from "./detour.ts";

const NAMES = { link: "l1", round: 1 };
const OFFER: NamedSignal = {
  id: "a-1",
  type: "offer",
  data: { type: "offer", sdp: "v=0\r\n", ...NAMES },
};
const HELLO: NamedSignal = {
  id: "a-2",
  type: "e2ee",
  data: { link: "l1", message: { type: "commit", commitment: "AAAA" } },
};

/** Boxes that only the two can open, and that show from whom they are. */
function sealerOf(self: number, strangers: ReadonlySet<number>): Sealer {
  return {
    ready: (peer) => !strangers.has(peer),
    seal: (peer, text) => Promise.resolve(JSON.stringify({ from: self, to: peer, text })),
    open: (peer, sealed) => {
      const { from, to, text } = JSON.parse(sealed);
      return Promise.resolve(from === peer && to === self ? text : null);
    },
  };
}

/** A room in which some pairs cannot reach each other. */
class Room {
  readonly received: { at: number; from: number; signal: NamedSignal }[] = [];
  readonly detours = new Map<number, Detour>();
  readonly crossed: { from: number; to: number; message: ChannelMessage }[] = [];
  readonly #cut: ReadonlySet<string>;

  /** @param cut pairs without a working link; @param strangers who never agreed on keys */
  constructor(
    ids: readonly number[],
    { cut = [], strangers = [] }: { cut?: [number, number][]; strangers?: number[] } = {},
  ) {
    this.#cut = new Set(cut.flatMap(([a, b]) => [`${a} ${b}`, `${b} ${a}`]));
    for (const self of ids) {
      const others = ids.filter((id) => id !== self);
      const post = new SealedPost(sealerOf(self, new Set(strangers)), () => 0);
      const detour: Detour = new Detour(post, {
        mesh: () => ({
          has: (id) => others.includes(id),
          reaches: (id) => this.#reaches(self, id),
          send: (to, message) => this.#send(self, to, message),
          links: () => others.map((id) => [id, undefined!] as [number, never])[Symbol.iterator](),
        }),
        receive: (from, signal) => this.received.push({ at: self, from, signal }),
        nowMs: () => 0,
      });
      this.detours.set(self, detour);
    }
  }

  detour(id: number): Detour {
    return this.detours.get(id)!;
  }

  #reaches(a: number, b: number): boolean {
    return this.detours.has(b) && !this.#cut.has(`${a} ${b}`);
  }

  #send(from: number, to: number, message: ChannelMessage): boolean {
    if (!this.#reaches(from, to)) return false;
    this.crossed.push({ from, to, message });
    this.detour(to).take(from, JSON.parse(JSON.stringify(message)));
    return true;
  }
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 5));

Deno.test("a link that works carries its own signals", async () => {
  const room = new Room([1, 2]);
  assert.equal(room.detour(1).reaches(2), true);
  assert.equal(room.detour(1).send(2, OFFER), true);
  await settle();
  assert.deepEqual(room.received, [{ at: 2, from: 1, signal: OFFER }]);
});

Deno.test("else somebody who reaches both passes them on, and cannot read them", async () => {
  const room = new Room([1, 2, 3], { cut: [[1, 2]] });
  assert.equal(room.detour(1).reaches(2), true);
  assert.equal(room.detour(1).send(2, OFFER), true);
  await settle();
  assert.deepEqual(room.received, [{ at: 2, from: 1, signal: OFFER }]);
  for (const { message } of room.crossed) {
    assert.ok(["carry", "carried"].includes(message.type));
    assert.equal("signal" in message, false);
  }
});

Deno.test("what several people bring is opened once", async () => {
  const room = new Room([1, 2, 3, 4, 5, 6], { cut: [[1, 2]] });
  room.detour(1).send(2, OFFER);
  room.detour(1).send(2, { ...OFFER, id: "a-9" });
  await settle();
  assert.equal(room.crossed.filter(({ to }) => to === 2).length, 6);
  assert.deepEqual(room.received.map(({ signal }) => signal.id), ["a-1", "a-9"]);
});

Deno.test("with nobody in between, or without keys, there is no way", async () => {
  const alone = new Room([1, 2], { cut: [[1, 2]] });
  const strangers = new Room([1, 2, 3], { cut: [[1, 2]], strangers: [2] });
  for (const room of [alone, strangers]) {
    assert.equal(room.detour(1).reaches(2), false);
    assert.equal(room.detour(1).send(2, OFFER), false);
    await settle();
    assert.deepEqual(room.received, []);
  }
  // The key agreement proves itself: it needs no keys to travel.
  strangers.detour(1).send(2, HELLO);
  await settle();
  assert.deepEqual(strangers.received, [{ at: 2, from: 1, signal: HELLO }]);
});

Deno.test("who passes on cannot speak for others", async () => {
  const room = new Room([1, 2, 3]);
  const forged = JSON.stringify({ from: 3, to: 2, text: JSON.stringify(OFFER) });
  const loads: object[] = [{ signal: OFFER }, { box: forged }, { box: 7 }];
  for (const load of loads) {
    room.detour(2).take(3, { type: "carried", peer: 1, ...load } as ChannelMessage);
  }
  room.detour(2).take(3, { type: "carried", peer: 9, signal: HELLO } as ChannelMessage);
  await settle();
  assert.deepEqual(room.received, []);
});

Deno.test("only people in the room are served, and only so much", () => {
  const room = new Room([1, 2, 3]);
  const carry = (peer: unknown) =>
    room.detour(3).take(1, { type: "carry", peer, box: "x" } as ChannelMessage);
  for (const peer of [1, 3, 9, "2", null]) carry(peer);
  assert.equal(room.crossed.length, 0);
  for (let i = 0; i < 2 * CARRIED_PER_PERSON.burst; i++) carry(2);
  // The five odd ones: three of them were refused before they counted.
  assert.ok(room.crossed.length <= CARRIED_PER_PERSON.burst);
  assert.ok(room.crossed.length >= CARRIED_PER_PERSON.burst - 5);
});

Deno.test("signals that no server would have passed on are none", () => {
  const candidate = { candidate: "candidate:1", sdpMid: "0", ...NAMES };
  assert.ok(isSignal(OFFER) && isSignal(HELLO));
  assert.ok(isSignal({ id: "a-3", type: "ice-candidate", data: candidate }));
  const odd: unknown[] = [
    null,
    "offer",
    { ...OFFER, id: 7 },
    { ...OFFER, id: "x".repeat(65) },
    { ...OFFER, type: "room_state" },
    { ...OFFER, data: { ...NAMES, type: "answer", sdp: "v=0" } },
    { ...OFFER, data: { ...NAMES, type: "offer", sdp: "hello" } },
    { ...OFFER, data: { ...NAMES, type: "offer", sdp: `v=0${"x".repeat(MAX_SDP_CHARS)}` } },
    { ...OFFER, data: { type: "offer", sdp: "v=0", link: "l1", round: -1 } },
    { ...OFFER, data: { type: "offer", sdp: "v=0", round: 1 } },
    {
      id: "a",
      type: "ice-candidate",
      data: { ...candidate, candidate: "x".repeat(MAX_CANDIDATE_CHARS + 1) },
    },
    { ...HELLO, data: { link: "l1", message: { type: "commit", commitment: 7 } } },
    { ...HELLO, data: { message: { type: "commit" } } },
  ];
  for (const each of odd) assert.equal(isSignal(each), false, JSON.stringify(each).slice(0, 80));
});
