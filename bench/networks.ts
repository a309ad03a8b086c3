/**
 * Two people across a small internet of network namespaces (`tests/networks/world.ts`): how fast
 * they meet, how fast a call is back after its network went away or changed, and what is left of
 * sound and picture on a bad line. What is measured is what the other side gets.
 *
 *     deno task bench:networks [meetings|outages|lines]
 *
 * As root on a Debian it installs what it needs. Every number has both browsers, the server and the
 * relay on one machine behind it: one that is busy makes all of them worse.
 */
import { Stage } from "../tests/e2e/harness/stage.ts";
import { seesVideo, tileVideo } from "../tests/e2e/harness/senses.ts";
import { inCall, join } from "../tests/e2e/harness/walks.ts";
import { pause, until } from "../tests/fixtures/poll.ts";
import type { HomeOptions } from "../tests/networks/home.ts";
import { noteFrames, readReceived } from "../tests/networks/page_probes.ts";
import { type Scene, twoInACall } from "../tests/networks/scene.ts";
import { epochMs, pictureBack } from "../tests/networks/timing.ts";
import type { Weather } from "../tests/networks/weather.ts";
import { FAIR, type WorldOptions } from "../tests/networks/world.ts";
import { provideBrowsers } from "../tools/browsers.ts";
import { provideNetworks } from "../tools/networks.ts";
import { buildIfStale } from "../tools/start.ts";
import { median, printTable } from "./report.ts";
import { type Steps, watchSteps } from "./steps.ts";

const REPETITIONS = 5;
/** Each cut; they take their time. */
const CUT_REPETITIONS = 2;
/** How long a bad line is looked at. */
const LINE_SECONDS = 20;
/** Estimates of the line need this long to follow a change. */
const SETTLE_MS = 8_000;
/** Frames that were on their way when the network changed may be shown for so long. */
const ON_THEIR_WAY_MS = 300;

const FAIR_HOMES = { homes: [{}, {}] };

async function onStage(options: WorldOptions, body: (scene: Scene) => Promise<void>) {
  await using stage = new Stage("networks");
  await body(await twoInACall(stage, options));
}

// How fast they meet.

const MEETINGS: readonly { name: string; options: WorldOptions }[] = [
  { name: "directly", options: { homes: [{}, {}], relay: ["udp", "tcp"] } },
  { name: "relay, UDP", options: relayed({ symmetric: true }, ["udp"]) },
  { name: "relay, TCP", options: relayed({ blocksUdp: true }, ["udp", "tcp"]) },
];

function relayed(home: HomeOptions, relay: readonly ("udp" | "tcp")[]): WorldOptions {
  return { homes: [home, home], relay };
}

/** Ben loads the page again and joins, as often as is wanted. */
async function meet({ ben, ann }: Scene): Promise<Steps[]> {
  const runs: Steps[] = [];
  await ben.person.page.context().addInitScript(watchSteps);
  for (let run = 0; run < REPETITIONS; run++) {
    await ben.person.reload();
    const { page } = ben.person;
    if (await page.locator('[data-testid="lobby-join"]').isVisible()) await join(ben.person);
    else await inCall(ben.person);
    runs.push(
      await until("Ben's first frame of Ann", async () => {
        const seen = await page.evaluate(() =>
          (globalThis as unknown as { __steps: Steps }).__steps
        );
        return seen.frame !== undefined && seen;
      }, { timeoutMs: 30_000 }),
    );
    await seesVideo(ann.person, tileVideo(ben.id));
  }
  return runs;
}

async function measureMeetings(): Promise<string[][]> {
  const rows: string[][] = [];
  for (const { name, options } of MEETINGS) {
    await onStage(options, async (scene) => {
      const runs = await meet(scene);
      const since = (to: "connected" | "frame") =>
        median(runs.map((run) => (run[to] ?? NaN) - (run["connection made"] ?? NaN)));
      rows.push([name, `${since("connected").toFixed(0)} ms`, `${since("frame").toFixed(0)} ms`]);
    });
  }
  return rows;
}

// How fast it is back.

async function watch({ ann, ben }: Scene): Promise<void> {
  await ann.person.eval(noteFrames, tileVideo(ben.id));
  await ben.person.eval(noteFrames, tileVideo(ann.id));
}

/** Until the later of the two sees the other again. */
async function back({ ann, ben }: Scene, sinceMs: number): Promise<number> {
  const both = [ann, ben].map(({ person }) => pictureBack(person, sinceMs, 60_000));
  return Math.max(...await Promise.all(both));
}

const CUTS_SECONDS = [1, 3, 10, 30];

async function measureOutages(): Promise<string[][]> {
  const rows: string[][] = [];
  const row = (name: string, times: number[]) =>
    rows.push([name, `${median(times).toFixed(0)} ms`, `${Math.max(...times).toFixed(0)} ms`]);
  await onStage(FAIR_HOMES, async (scene) => {
    await watch(scene);
    const moves: number[] = [];
    for (let move = 0; move < REPETITIONS; move++) {
      const { home } = move % 2 === 0 ? scene.ben : scene.ann;
      await home.move(scene.world.newAddress());
      const sinceMs = epochMs() + ON_THEIR_WAY_MS;
      moves.push(await back(scene, sinceMs) + ON_THEIR_WAY_MS);
      await pause(SETTLE_MS / 2);
    }
    row("new address", moves);
    for (const cut of CUTS_SECONDS) {
      const times: number[] = [];
      for (let again = 0; again < CUT_REPETITIONS; again++) {
        const { line } = (again % 2 === 0 ? scene.ben : scene.ann).home;
        await line.cut();
        await pause(cut * 1_000);
        await line.weather(FAIR);
        times.push(await back(scene, epochMs()));
        await pause(SETTLE_MS / 2);
      }
      row(`cut of ${cut} s`, times);
    }
  });
  return rows;
}

// What is left of it on a bad line.

const LINES: readonly { name: string; out: Weather; in: Weather }[] = [
  { name: "fair", ...FAIR },
  ...[0.05, 0.1, 0.2, 0.3].map((loss) => ({
    name: `${loss * 100} % lost, both ways`,
    out: { ...FAIR.out, loss },
    in: { ...FAIR.in, loss },
  })),
  { name: "300 kbit/s up", ...FAIR, out: { ...FAIR.out, bitsPerSecond: 300_000 } },
];

async function measureLines(): Promise<string[][]> {
  const rows: string[][] = [];
  await onStage(FAIR_HOMES, async ({ ann, ben }) => {
    for (const { name, ...weather } of LINES) {
      await ben.home.line.weather(weather);
      await pause(SETTLE_MS);
      const before = await ann.person.eval(readReceived);
      const sinceMs = epochMs();
      await pause(LINE_SECONDS * 1_000);
      const after = await ann.person.eval(readReceived);
      const lasted = (epochMs() - sinceMs) / 1_000;
      const samples = after.samples - before.samples;
      const concealed = (after.concealedSamples - before.concealedSamples) / samples;
      const fps = (after.framesDecoded - before.framesDecoded) / lasted;
      const frozen = (after.frozenSeconds - before.frozenSeconds) / lasted;
      rows.push([
        name,
        `${(concealed * 100).toFixed(1)} %`,
        fps.toFixed(1),
        String(after.freezes - before.freezes),
        `${(frozen * 100).toFixed(1)} %`,
      ]);
    }
  });
  return rows;
}

const PARTS = [
  {
    name: "meetings",
    title: "How fast they meet: median from the connection's making",
    head: ["way", "connected", "first frame"],
    measure: measureMeetings,
  },
  {
    name: "outages",
    title: "How fast both see each other again",
    head: ["after", "median", "worst"],
    measure: measureOutages,
  },
  {
    name: "lines",
    title: `What Ann gets from Ben over his line, in ${LINE_SECONDS} s each`,
    head: ["line", "sound made up", "frames/s", "freezes", "time frozen"],
    measure: measureLines,
  },
];

if (import.meta.main) {
  await buildIfStale();
  const problem = await provideBrowsers() ?? await provideNetworks();
  if (problem !== null) throw new Error(problem);
  const [wanted] = Deno.args;
  for (const { name, title, head, measure } of PARTS) {
    if (wanted !== undefined && wanted !== name) continue;
    const rows = await measure();
    console.log(`\n${title}\n`);
    printTable(head, rows);
  }
}
