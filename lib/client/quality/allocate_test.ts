import assert from "node:assert/strict";
import { allocate, type Budgets, type Stream } from "./allocate.ts";
import { ladder } from "./rungs.ts";

/** Numbers that look random and are the same every time (mulberry32). */
function chance(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const SOURCE = { width: 1280, height: 720, fps: 30 };
const LIMITS = { maxP: 1080, maxFps: 30 };

function room(random: () => number): Stream[] {
  const people = 1 + Math.floor(random() * 20);
  const shares = random() < 0.3;
  return Array.from({ length: people }, (_, link): Stream[] => {
    const width = Math.floor(random() * 20) * 64;
    const box = { width, height: width * 0.5625 };
    const camera = {
      link,
      line: "camera",
      rungs: ladder("camera", { source: SOURCE, box, limits: LIMITS }),
    } as const;
    const screen = {
      link,
      line: "screen",
      rungs: ladder("screen", { source: SOURCE, box, limits: LIMITS }),
    } as const;
    return shares ? [camera, screen] : [camera];
  }).flat();
}

function budgets(random: () => number): Budgets {
  const link = random() * 3_000;
  return {
    uplinkKbps: random() < 0.2 ? Infinity : random() * 12_000,
    linkKbps: (id) => id % 3 === 0 ? Infinity : link * (1 + id % 4),
    pixels: random() < 0.2 ? Infinity : random() * 120_000_000,
  };
}

function costs(streams: readonly Stream[], places: readonly number[]) {
  const chosen = streams.map(({ rungs }, index) => rungs[places[index]!]);
  return {
    kbps: chosen.reduce((sum, rung) => sum + (rung?.kbps ?? 0), 0),
    pixels: chosen.reduce((sum, rung) => sum + (rung?.pixels ?? 0), 0),
    ofLink: (id: number) =>
      chosen.reduce(
        (sum, rung, index) => sum + (streams[index]!.link === id ? rung?.kbps ?? 0 : 0),
        0,
      ),
  };
}

Deno.test("no budget is ever exceeded, and nothing is larger than asked for", () => {
  const random = chance(1);
  for (let round = 0; round < 2_000; round++) {
    const [streams, limits] = [room(random), budgets(random)];
    const places = allocate(streams, limits);
    const spent = costs(streams, places);
    assert.ok(spent.kbps <= limits.uplinkKbps && spent.pixels <= limits.pixels, `round ${round}`);
    for (const { link } of streams) assert.ok(spent.ofLink(link) <= limits.linkKbps(link));
    places.forEach((place, index) => assert.ok(place < streams[index]!.rungs.length));
  }
});

Deno.test("more budget never makes any picture smaller", () => {
  const random = chance(2);
  for (let round = 0; round < 1_000; round++) {
    const [streams, limits] = [room(random), budgets(random)];
    const places = allocate(streams, limits);
    const more = allocate(streams, {
      ...limits,
      uplinkKbps: limits.uplinkKbps * (1 + random()),
      pixels: limits.pixels * (1 + random()),
    });
    places.forEach((place, index) => assert.ok(more[index]! >= place, `round ${round}`));
  }
});

Deno.test("everybody's picture is there before anybody's becomes large, screens before all", () => {
  const box = { width: 640, height: 360 };
  const large = ladder("camera", {
    source: SOURCE,
    box: { width: 1280, height: 720 },
    limits: LIMITS,
  });
  const small = ladder("camera", { source: SOURCE, box, limits: LIMITS });
  const screen = ladder("screen", {
    source: SOURCE,
    box: { width: 1280, height: 720 },
    limits: LIMITS,
  });
  const streams: Stream[] = [
    { link: 1, line: "camera", rungs: small },
    { link: 2, line: "camera", rungs: large },
    { link: 3, line: "screen", rungs: screen },
  ];
  const within = (uplinkKbps: number) =>
    allocate(streams, { uplinkKbps, linkKbps: () => Infinity, pixels: Infinity });
  assert.deepEqual(within(0), [-1, -1, -1]);
  assert.deepEqual(within(screen[0]!.kbps), [-1, -1, 0]);
  assert.deepEqual(within(screen[0]!.kbps + 60), [-1, 0, 0]);
  assert.deepEqual(within(screen[0]!.kbps + 120), [0, 0, 0]);
  assert.deepEqual(within(Infinity), streams.map(({ rungs }) => rungs.length - 1));
});

Deno.test("one narrow link takes nothing from the others", () => {
  const rungs = ladder("camera", {
    source: SOURCE,
    box: { width: 1280, height: 720 },
    limits: LIMITS,
  });
  const streams = [1, 2].map((link): Stream => ({ link, line: "camera", rungs }));
  const places = allocate(streams, {
    uplinkKbps: 10_000,
    linkKbps: (link) => link === 1 ? 200 : Infinity,
    pixels: Infinity,
  });
  assert.deepEqual(places.map((place) => rungs[place]!.p), [180, 720]);
});
