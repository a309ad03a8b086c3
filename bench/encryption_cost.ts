/**
 * What end-to-end encryption costs: two people, each in a browser process of their own, with it and
 * without, in turns, so that both meet the same machine. Without it means browsers that were made
 * to have no encoded transforms: the product itself has no switch.
 *
 *     deno task bench:encryption [rounds]
 */
import type { Page } from "playwright-core";
import { lackTransforms } from "../tests/e2e/harness/attacks.ts";
import { launchChromium } from "../tests/e2e/harness/chromium.ts";
import { keepConnections } from "../tests/e2e/harness/disobedience.ts";
import { Api } from "../tests/fixtures/api.ts";
import { pause, until } from "../tests/fixtures/poll.ts";
import { ACCESS_PASSWORD, Product } from "../tests/fixtures/product.ts";
import { descendants } from "../tools/process_tree.ts";
import { buildIfStale } from "../tools/start.ts";
import { readTime, showTime, takeAges } from "./clock_picture.ts";
import { processorSeconds } from "./processor.ts";
import { median, printTable, quantile } from "./report.ts";
import { knock } from "./steps.ts";

const DEFAULT_ROUNDS = 4;
const VIEWPORT = { width: 1280, height: 800 };
/** Pictures grow for some seconds after the first frame. */
const SETTLE_MS = 8_000;
const MEASURE_MS = 12_000;

interface Figures {
  /** Share of one core, per person, everything that the browser does. */
  processor: number;
  framesPerSecond: number;
  /** From the canvas of one to the screen of the other, milliseconds. */
  age: number;
  ageOfSlow: number;
  /** Of a received frame, from its first packet until it is decoded, milliseconds. */
  processing: number;
}

interface Person extends AsyncDisposable {
  page: Page;
  pid: number;
}

async function enter(
  product: Product,
  { url, name, encrypted }: { url: string; name: string; encrypted: boolean },
): Promise<Person> {
  const before = new Set(descendants(Deno.pid));
  const browser = await launchChromium();
  const pid = descendants(Deno.pid).find((each) => !before.has(each)) ?? 0;
  const context = await browser.newContext({ viewport: VIEWPORT });
  const data = { password: ACCESS_PASSWORD, user_name: name };
  await context.request.post(`${product.origin}/api/auth/login`, { data });
  for (const script of [keepConnections, knock, showTime]) await context.addInitScript(script);
  if (!encrypted) await context.addInitScript(lackTransforms);
  const page = await context.newPage();
  await page.goto(url);
  return { page, pid, [Symbol.asyncDispose]: () => browser.close() };
}

interface Decoded {
  frames: number;
  seconds: number;
}

async function decoded(): Promise<Decoded> {
  const page = globalThis as typeof globalThis & { __connections?: RTCPeerConnection[] };
  const sum = { frames: 0, seconds: 0 };
  for (const connection of page.__connections ?? []) {
    for (const report of (await connection.getStats()).values()) {
      if (report.type !== "inbound-rtp" || report.kind !== "video") continue;
      sum.frames += report.framesDecoded ?? 0;
      sum.seconds += report.totalProcessingDelay ?? 0;
    }
  }
  return sum;
}

async function measure(product: Product, encrypted: boolean): Promise<Figures> {
  const { room_code } = await (await Api.signIn(product.origin, "Owner")).createRoom();
  const url = `${product.origin}/video/room/${room_code}`;
  await using ann = await enter(product, { url, name: "Ann", encrypted });
  await using bea = await enter(product, { url, name: "Bea", encrypted });
  const people = [ann, bea];
  const kind = encrypted ? "encrypted" : "transport";
  await until(`both are ${kind}, and see`, async () => {
    const states = await Promise.all(people.map(({ page }) =>
      page.evaluate((wanted) => {
        const tile = document.querySelector<HTMLElement>('[data-testid="tile"]');
        const frames = tile?.querySelector("video")?.getVideoPlaybackQuality().totalVideoFrames;
        return tile?.dataset.protection === wanted && (frames ?? 0) > 0;
      }, kind)
    ));
    return states.every((state) => state);
  }, { timeoutMs: 40_000 });
  await Promise.all(people.map(({ page }) => page.evaluate(readTime)));
  await pause(SETTLE_MS);
  await Promise.all(people.map(({ page }) => page.evaluate(takeAges)));

  const count = () => Promise.all(people.map(({ page }) => page.evaluate(decoded)));
  const spent = () => people.reduce((sum, { pid }) => sum + processorSeconds(pid), 0);
  const [before, spentBefore, from] = [await count(), spent(), performance.now()];
  await pause(MEASURE_MS);
  const [after, spentAfter, to] = [await count(), spent(), performance.now()];
  const seconds = (to - from) / 1_000;
  const ages = (await Promise.all(people.map(({ page }) => page.evaluate(takeAges)))).flat();
  const grown = (field: keyof Decoded) =>
    after.reduce((sum, each, at) => sum + each[field] - before[at]![field], 0);
  return {
    processor: (spentAfter - spentBefore) / seconds / people.length,
    framesPerSecond: grown("frames") / seconds / people.length,
    age: median(ages),
    ageOfSlow: quantile(ages, 0.95),
    processing: grown("seconds") / grown("frames") * 1_000,
  };
}

const ROWS: readonly [string, keyof Figures, (value: number) => string][] = [
  ["processor, % of a core per person", "processor", (value) => (value * 100).toFixed(1)],
  ["frames a second", "framesPerSecond", (value) => value.toFixed(1)],
  ["age of a shown frame, ms, median", "age", (value) => value.toFixed(0)],
  ["age of a shown frame, ms, 95 %", "ageOfSlow", (value) => value.toFixed(0)],
  ["receiving a frame, ms", "processing", (value) => value.toFixed(1)],
];

if (import.meta.main) {
  await buildIfStale();
  const rounds = Number(Deno.args[0] ?? DEFAULT_ROUNDS);
  await using product = await Product.start();
  const [off, on]: [Figures[], Figures[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    off.push(await measure(product, false));
    on.push(await measure(product, true));
    console.log(`round ${round + 1} of ${rounds} done`);
  }
  console.log(`\nTwo people, 640 × 360, medians of ${rounds} rounds\n`);
  printTable(
    ["", "without", "encrypted", "ratio", "difference"],
    ROWS.map(([name, field, show]) => {
      const [plain, sealed] = [off, on].map((runs) => median(runs.map((run) => run[field])));
      const ratio = (sealed! / plain!).toFixed(2);
      return [name, show(plain!), show(sealed!), ratio, show(sealed! - plain!)];
    }),
  );
}
