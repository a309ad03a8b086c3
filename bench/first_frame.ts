/**
 * Navigation → first remote frame: the product beside the floor page, in one run, in turns, so that
 * both meet the same machine. In each, somebody waits in the room and a browser that has never
 * been there before opens its address. The product's visitor holds a session and joins as soon as
 * the lobby lets him.
 *
 *     deno task bench:first-frame [rounds]
 */
import type { Browser, BrowserContext, Page } from "playwright-core";
import { launchChromium } from "../tests/e2e/harness/chromium.ts";
import { Api } from "../tests/fixtures/api.ts";
import { until } from "../tests/fixtures/poll.ts";
import { ACCESS_PASSWORD, Product } from "../tests/fixtures/product.ts";
import { buildIfStale } from "../tools/start.ts";
import { FloorServer } from "./floor_server.ts";
import { median, printTable } from "./report.ts";
import { knock, type Step, STEPS, type Steps, watchSteps } from "./steps.ts";

const DEFAULT_ROUNDS = 11;
const VIEWPORT = { width: 1280, height: 800 };
/** In life another machine draws the host's window; here it should cost as little as it can. */
const HOST_VIEWPORT = { width: 320, height: 240 };
/** A new window keeps the browser itself busy for a while; who follows a link has one open. */
const WINDOW_SETTLES_MS = 2_000;

/** Opens the address in a fresh profile; resolves when the first remote frame is shown. */
async function visit(context: BrowserContext, url: string): Promise<Steps> {
  await context.addInitScript(watchSteps);
  await context.addInitScript(knock);
  const page = await context.newPage();
  await new Promise((resolve) => setTimeout(resolve, WINDOW_SETTLES_MS));
  await page.goto(url, { waitUntil: "commit" });
  const steps = await until("the first remote frame", async () => {
    const seen = await page.evaluate(() => (globalThis as unknown as { __steps: Steps }).__steps);
    return seen.frame !== undefined && seen;
  }, { timeoutMs: 30_000 });
  await page.close({ runBeforeUnload: true });
  return steps;
}

interface Contender {
  host: Page;
  /** Answers a fresh context that may enter, and the address to open. */
  prepare(): Promise<{ context: BrowserContext; url: string }>;
}

/** Nobody but the host is left: the next visitor meets what the first one met. */
async function alone(host: Page): Promise<void> {
  await until("the host is alone", async () => {
    return await host.locator('[data-testid="tile"], video[data-remote]').count() === 0;
  }, { timeoutMs: 40_000 });
}

async function productContender(browser: Browser, product: Product): Promise<Contender> {
  const owner = await Api.signIn(product.origin, "Owner");
  const { room_code } = await owner.createRoom();
  const url = `${product.origin}/video/room/${room_code}`;
  const enter = async (userName: string, viewport = VIEWPORT) => {
    const context = await browser.newContext({ viewport });
    const data = { password: ACCESS_PASSWORD, user_name: userName };
    await context.request.post(`${product.origin}/api/auth/login`, { data });
    return context;
  };
  const host = await (await enter("Host", HOST_VIEWPORT)).newPage();
  await host.goto(url);
  await host.locator('[data-testid="lobby-join"]').click();
  await host.locator('[data-testid="call"][data-phase="connected"]').waitFor();
  let visitors = 0;
  return {
    host,
    prepare: async () => ({ context: await enter(`Visitor ${++visitors}`), url }),
  };
}

async function floorContender(browser: Browser, port: number): Promise<Contender> {
  const url = `http://localhost:${port}/room`;
  const newContext = (viewport = VIEWPORT) => browser.newContext({ viewport });
  const host = await (await newContext(HOST_VIEWPORT)).newPage();
  await host.goto(url);
  return { host, prepare: async () => ({ context: await newContext(), url }) };
}

async function measure({ host, prepare }: Contender): Promise<Steps> {
  await alone(host);
  const { context, url } = await prepare();
  try {
    return await visit(context, url);
  } finally {
    await context.close();
  }
}

function printSteps(floor: readonly Steps[], ours: readonly Steps[]): void {
  const at = (runs: readonly Steps[], step: Step) => {
    const times = runs.map((run) => run[step]).filter((time) => time !== undefined);
    return times.length === 0 ? "–" : median(times).toFixed(0);
  };
  printTable(
    ["ms, median", "floor", "product"],
    STEPS.map((step) => [
      step,
      at(floor, step),
      at(ours, step),
    ]),
  );
}

if (import.meta.main) {
  await buildIfStale();
  const rounds = Number(Deno.args[0] ?? DEFAULT_ROUNDS);
  await using product = await Product.start();
  await using floorServer = await FloorServer.start();
  const browser = await launchChromium();
  try {
    const ours = await productContender(browser, product);
    const floor = await floorContender(browser, floorServer.port);
    const [ourRuns, floorRuns]: [Steps[], Steps[]] = [[], []];
    // The first round of each warms the browser up and does not count.
    for (let round = 0; round <= rounds; round++) {
      const [a, b] = [await measure(floor), await measure(ours)];
      if (round === 0) continue;
      floorRuns.push(a);
      ourRuns.push(b);
    }
    console.log(`\nNavigation → first remote frame, ${rounds} rounds\n`);
    printSteps(floorRuns, ourRuns);
    const frames = (runs: Steps[]) => runs.map(({ frame = NaN }) => frame);
    const ratio = median(frames(ourRuns)) / median(frames(floorRuns));
    const best = Math.min(...frames(ourRuns)) / Math.min(...frames(floorRuns));
    console.log(`\nratio product / floor: ${ratio.toFixed(2)} (best runs: ${best.toFixed(2)})`);
  } finally {
    await browser.close();
  }
}
