/** End-to-end encryption as it is seen from outside: what arrives, and what crosses the network. */
import assert from "node:assert/strict";
import { readKid } from "../../lib/client/e2ee/sender_key.ts";
import { decodeHeader } from "../../lib/client/e2ee/sframe_header.ts";
import { Api } from "../fixtures/api.ts";
import { until } from "../fixtures/poll.ts";
import type { Person } from "./harness/person.ts";
import { everyoneMeets, type Presence, tile } from "./harness/senses.ts";
import { browserTest } from "./harness/stage.ts";
import { attribute, visitAndJoin } from "./harness/walks.ts";

function isProtected(person: Person, id: number, kind: string): Promise<unknown> {
  return until(
    `${person.name} sees ${id} as ${kind}`,
    async () => await attribute(person, { selector: tile(id), name: "data-protection" }) === kind,
    { timeoutMs: 15_000 },
  );
}

browserTest(
  "three people in two engines: every pair is encrypted, and media moves on",
  async (stage) => {
    const product = await stage.product();
    const room = await (await Api.signIn(product.origin, "Host")).createRoom();
    const people: Presence[] = [];
    for (
      const [browser, name] of [["chromium", "Ann"], ["firefox", "Ben"], [
        "chromium",
        "Cat",
      ]] as const
    ) {
      const person = await stage[browser](name);
      people.push({ person, id: await visitAndJoin(person, product, room.room_code) });
    }
    for (const { person, id } of people) {
      for (const other of people) {
        if (other.id !== id) await isProtected(person, other.id, "encrypted");
      }
    }
    await everyoneMeets(people);
  },
  { timeoutMs: 120_000 },
);

interface Tapped {
  type: "audio" | "key" | "delta";
  start: number[];
}

/** What VP8 keeps readable; Chromium's first choice among the codecs that can be encrypted. */
const CLEAR_BYTES = { audio: 0, key: 10, delta: 3 } as const;

/** Bits per octet; 8 is noise. */
function entropyOf(octets: readonly number[]): number {
  const counts = Map.groupBy(octets, (octet) => octet);
  return [...counts.values()].reduce((sum, { length }) => {
    const share = length / octets.length;
    return sum - share * Math.log2(share);
  }, 0);
}

/**
 * Runs in the page from its first moment, outside the product: a receiver whose transform is the
 * test's own instead of the product's shows what arrived before any key was used on it.
 */
function tapTheWire(): void {
  const page = globalThis as typeof globalThis & { __tapped?: Tapped[] };
  const tapped: Tapped[] = page.__tapped = [];
  const source = `onrtctransform = ({ transformer: { readable, writable, options } }) => {
    readable.pipeThrough(new TransformStream({ transform(frame) {
      postMessage({ type: frame.type ?? "audio", start: [...new Uint8Array(frame.data.slice(0, 64))] });
    } })).pipeTo(writable);
  };`;
  const worker = new Worker(URL.createObjectURL(new Blob([source], { type: "text/javascript" })));
  worker.onmessage = ({ data }) => {
    if (tapped.length < 200) tapped.push(data);
  };
  const { prototype } = RTCRtpReceiver as unknown as { prototype: object };
  const own = Object.getOwnPropertyDescriptor(prototype, "transform");
  Object.defineProperty(prototype, "transform", {
    get: own?.get,
    set(this: RTCRtpReceiver) {
      const Transform = (globalThis as unknown as {
        RTCRtpScriptTransform: new (worker: Worker, options: object) => unknown;
      }).RTCRtpScriptTransform;
      own?.set?.call(this, new Transform(worker, {}));
    },
  });
}

browserTest(
  "what crosses the network is not what was encoded, and without the key nothing plays",
  async (stage) => {
    const product = await stage.product();
    const room = await (await Api.signIn(product.origin, "Host")).createRoom();
    const ann = await stage.chromium("Ann");
    const annId = await visitAndJoin(ann, product, room.room_code);
    const eve = await stage.chromium("Eve");
    await eve.page.addInitScript(tapTheWire);
    await visitAndJoin(eve, product, room.room_code);
    const frames = await until("frames from the wire", async () => {
      const tapped = await eve.eval(() =>
        (globalThis as typeof globalThis & { __tapped?: Tapped[] }).__tapped ?? []
      );
      // The product closes a link whose frames its worker never sees: there will not be many more.
      return tapped.length >= 60 && tapped;
    }, { timeoutMs: 20_000 });
    // The browser hands a frame out again when nothing comes of it.
    const distinct = new Map(frames.map((frame) => [frame.start.join(), frame]));
    const counters = [...distinct.values()].map(({ type, start }) => {
      const header = decodeHeader(Uint8Array.from(start.slice(CLEAR_BYTES[type])));
      assert.ok(header !== null && readKid(header.kid).generation === 0, `no SFrame: ${start}`);
      return `${header.kid} ${header.ctr}`;
    });
    // Camera and microphone share the counter of a key: no two frames are sealed with the same.
    assert.equal(new Set(counters).size, counters.length);
    const bodies = [...distinct.values()].flatMap(({ start }) => start.slice(24));
    assert.ok(entropyOf(bodies) > 7.5, "sealed octets look like noise, plain ones do not");
    const shown = await eve.eval((selector) => {
      const video = document.querySelector<HTMLVideoElement>(`${selector} video`);
      return video?.getVideoPlaybackQuality().totalVideoFrames ?? 0;
    }, tile(annId));
    assert.equal(shown, 0);
  },
  { timeoutMs: 90_000 },
);
