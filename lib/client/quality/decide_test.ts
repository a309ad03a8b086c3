import assert from "node:assert/strict";
import {
  decide,
  type Demand,
  type History,
  learn,
  type LinkSample,
  newHistory,
  remember,
  reserveKbps,
  type Target,
  voiceKbps,
} from "./decide.ts";
import { limitsOf } from "./limits.ts";

const DESK = { phone: false, cores: 8 };
const SOURCE = { width: 1280, height: 720, fps: 30 };
const LARGE = { width: 1280, height: 720 };
const looksAt = (link: number, box = LARGE): Demand => ({
  link,
  line: "camera",
  source: SOURCE,
  box,
});

/** A call against a network that lets `kbps` through, in seconds of simulated time. */
class Simulation {
  history: History = newHistory(0);
  targets: readonly Target[] = [];
  nowMs = 0;
  readonly sizes: number[] = [];
  /** For pictures, all links together. */
  readonly spent: number[] = [];
  readonly #demands: readonly Demand[];
  readonly #limits;

  constructor(links: number, box = LARGE) {
    this.#demands = Array.from({ length: links }, (_, link) => looksAt(link, box));
    this.#limits = limitsOf("auto", DESK, links);
  }

  /** What the browsers would tell: an encoder that wants more than its share is starved. */
  second(kbps: number, { encodeShare = 0.1, noise = 0, cut = false } = {}): void {
    this.nowMs += 1_000;
    const share = kbps / this.#demands.length;
    const links = this.#demands.map(({ link }): LinkSample => {
      const asked = this.targets.find((each) => each.link === link)?.rung?.kbps ?? 0;
      const there = Math.max(0, share * (1 + noise) - 40);
      return {
        link,
        availableKbps: share * (1 + noise),
        sentKbps: Math.min(asked, there) + 40,
        loss: 0,
        starved: there < 0.8 * asked,
        cut,
      };
    });
    const pixels = this.targets.reduce((sum, { rung }) => sum + (rung?.pixels ?? 0), 0);
    const sample = { nowMs: this.nowMs, links, processorBusy: false, encodeShare, pixels };
    this.history = learn(this.history, sample, this.#limits);
    this.targets = decide(this.history, this.#limits, this.#demands);
    this.history = remember(this.history, this.targets, this.nowMs);
    this.sizes.push(this.targets[0]?.rung?.p ?? 0);
    this.spent.push(this.targets.reduce((sum, { rung }) => sum + (rung?.kbps ?? 0), 0));
  }

  run(seconds: number, kbps: number | ((second: number) => number)): this {
    for (let second = 0; second < seconds; second++) {
      this.second(typeof kbps === "number" ? kbps : kbps(second));
    }
    return this;
  }

  changes(from = 0): number {
    const sizes = this.sizes.slice(from);
    return sizes.filter((size, index) => index > 0 && size !== sizes[index - 1]).length;
  }
}

Deno.test("a new link begins small and is large as soon as it was measured", () => {
  const limits = limitsOf("auto", DESK, 1);
  const [first] = decide(newHistory(0), limits, [looksAt(1)]);
  assert.equal(first?.rung?.p, 180);
  const call = new Simulation(1).run(1, 5_000);
  assert.equal(call.sizes[0], 720);
});

Deno.test("pictures shrink to what the network carries, stop before the sound, and come back", () => {
  const call = new Simulation(1).run(10, 5_000).run(30, 600);
  assert.ok([270, 360].includes(call.sizes.at(-1)!), `600 kbit/s: ${call.sizes.at(-1)}`);
  call.run(40, 60);
  assert.equal(call.targets[0]?.rung, null);
  assert.equal(call.targets[0]?.starved, true);
  assert.equal(voiceKbps(call.history, limitsOf("auto", DESK, 1), 0), 16);
  call.run(180, 5_000);
  assert.equal(call.sizes.at(-1), 720);
});

Deno.test("a cut is not taken for a narrow network: pictures begin anew, and do not stop", () => {
  const call = new Simulation(1).run(10, 5_000);
  for (let cut = 0; cut < 6; cut++) {
    // What the browser estimates falls while nothing comes back, and needs its time afterwards.
    for (const kbps of [700, 300]) call.second(kbps, { cut: true });
    call.run(2, 100).run(2, 2_000);
    assert.equal(call.sizes.at(-1), 720, `after cut ${cut}`);
  }
  assert.ok(call.sizes.every((size) => size > 0));
  // Of a network that stays so, it learns as ever.
  call.run(20, 60);
  assert.equal(call.sizes.at(-1), 0);
});

Deno.test("at a limit between two sizes the picture changes rarely, and ever more so", () => {
  for (const kbps of [150, 250, 400, 700, 1_100]) {
    const call = new Simulation(1).run(60, kbps).run(240, kbps);
    assert.ok(call.changes(60) <= 16, `${kbps} kbit/s: ${call.changes(60)} changes in 240 s`);
  }
  // The browser's estimate trembles by a tenth all the time.
  const call = new Simulation(1);
  for (let second = 0; second < 300; second++) call.second(2_000, { noise: (second % 5 - 2) / 20 });
  assert.ok(call.changes(10) === 0, `${call.changes(10)} changes with room enough`);
});

Deno.test("when all links suffer the uplink is shared by what is looked at", () => {
  const call = new Simulation(4).run(120, 1_600);
  const late = call.spent.slice(30);
  const mean = late.reduce((sum, kbps) => sum + kbps, 0) / late.length;
  assert.ok(mean > 600 && mean < 1_600, `${mean} kbit/s in the mean`);
  assert.ok(call.targets.every(({ rung }) => rung !== null), "everybody sees something");
  assert.ok(call.history.uplink.level < Infinity);
});

Deno.test("a weak link of one person is not a weak uplink", () => {
  let history = newHistory(0);
  const limits = limitsOf("auto", DESK, 3);
  const demands = [looksAt(1), looksAt(2), looksAt(3)];
  let targets: readonly Target[] = [];
  for (let nowMs = 1_000; nowMs <= 20_000; nowMs += 1_000) {
    const links = [1, 2, 3].map((link): LinkSample => ({
      link,
      availableKbps: link === 2 ? 400 : 4_000,
      sentKbps: 400,
      loss: 0,
      starved: link === 2 && (targets[1]?.rung?.kbps ?? 0) > 400,
      cut: false,
    }));
    const sample = { nowMs, links, processorBusy: false, encodeShare: 0, pixels: 0 };
    history = learn(history, sample, limits);
    targets = decide(history, limits, demands);
    history = remember(history, targets, nowMs);
  }
  assert.equal(history.uplink.level, Infinity);
  assert.ok(targets[1]!.rung!.p <= 360);
  assert.equal(targets[0]?.rung?.p, 720);
});

Deno.test("a processor that cannot keep up gets less to do", () => {
  const call = new Simulation(6);
  for (let second = 0; second < 20; second++) call.second(50_000);
  const before = call.targets.reduce((sum, { rung }) => sum + (rung?.pixels ?? 0), 0);
  for (let second = 0; second < 3; second++) call.second(50_000, { encodeShare: 9.6 });
  const after = call.targets.reduce((sum, { rung }) => sum + (rung?.pixels ?? 0), 0);
  assert.ok(after <= before / 1.9, `${before} → ${after} pixels a second`);
  assert.ok(call.targets.every(({ rung }) => rung !== null));
});

Deno.test("own limits hold whatever is looked at", () => {
  const history = learn(newHistory(0), {
    nowMs: 1_000,
    links: [{ link: 1, availableKbps: 9_000, sentKbps: 100, loss: 0, starved: false, cut: false }],
    processorBusy: false,
    encodeShare: 0,
    pixels: 0,
  }, limitsOf("auto", DESK, 1));
  const demands: Demand[] = [
    looksAt(1, { width: 3_840, height: 3_840 }),
    { ...looksAt(1), line: "screen" },
  ];
  const sent = (choice: Parameters<typeof limitsOf>[0]) =>
    decide(history, limitsOf(choice, DESK, 1), demands).map(({ rung }) => rung?.p ?? 0);
  assert.deepEqual(sent("180p"), [180, 720]);
  assert.deepEqual(sent("720p"), [720, 720]);
  assert.deepEqual(sent("audio_only"), [0, 0]);
  const saver = decide(history, limitsOf("saver", DESK, 1), demands);
  assert.ok(saver.every(({ rung }) => rung !== null && rung.fps <= 15 && rung.p <= 720));
  assert.ok(saver.reduce((sum, { rung }) => sum + rung!.kbps, 0) <= 800);
});

Deno.test("voices are paid first, whatever the ceilings are", () => {
  for (let links = 1; links <= 12; links++) {
    const limits = limitsOf("auto", DESK, links);
    const demands = Array.from({ length: links }, (_, link) => looksAt(link));
    const measured = learn(newHistory(0), {
      nowMs: 1_000,
      links: demands.map(({ link }) => ({
        link,
        availableKbps: 9_000,
        sentKbps: 40,
        loss: 0,
        starved: false,
        cut: false,
      })),
      processorBusy: false,
      encodeShare: 0,
      pixels: 0,
    }, limits);
    for (let level = 0; level < 6_000; level += 130) {
      const uplink = { ...measured.uplink, level };
      const sums = [{ ...measured, uplink }, withLinkLevels(measured, level)].map((history) => {
        const targets = decide(history, limits, demands);
        return targets.map(({ rung }) => rung?.kbps ?? 0);
      });
      const [together, each] = sums as [number[], number[]];
      const spent = together.reduce((sum, kbps) => sum + kbps, 0);
      const voices = links * reserveKbps(level / links, limits);
      assert.ok(spent <= Math.max(0, level - voices), `${links}: ${level}`);
      const one = reserveKbps(level, limits);
      assert.ok(each.every((kbps) => kbps <= Math.max(0, level - one)));
    }
  }
});

function withLinkLevels(history: History, level: number): History {
  const links = [...history.links].map(([id, link]) =>
    [id, { ...link, ceiling: { ...link.ceiling, level } }] as const
  );
  return { ...history, links: new Map(links) };
}
