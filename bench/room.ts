/** A room full of headless people, as the benchmarks of rooms want it: how fast, at what price. */
import type { BrowserContext, Page } from "playwright-core";
import { launchChromium } from "../tests/e2e/harness/chromium.ts";
import { keepConnections } from "../tests/e2e/harness/disobedience.ts";
import { sentBytes } from "../tests/e2e/harness/sending.ts";
import { Api } from "../tests/fixtures/api.ts";
import { pause, until } from "../tests/fixtures/poll.ts";
import { ACCESS_PASSWORD, type Product } from "../tests/fixtures/product.ts";
import { descendants } from "../tools/process_tree.ts";
import type { FloorServer } from "./floor_server.ts";
import { processorSeconds } from "./processor.ts";
import { knock } from "./steps.ts";

const VIEWPORT = { width: 1280, height: 800 };
/** A room that is not complete after this long will not be. */
const COMPLETE_WITHIN_MS = 60_000;
const WINDOWS_SETTLE_MS = 2_000;
const WINDOW_SETTLES_MS = 500;
/** Pictures grow for some seconds after the first frame. */
const SETTLE_MS = 8_000;
const MEASURE_MS = 8_000;

export interface Contender {
  name: string;
  /** A new room; @returns the address to open. */
  open(): Promise<string>;
  /** Before anything is opened. */
  prepare(context: BrowserContext, name: string): Promise<void>;
}

export interface RoomFigures {
  people: number;
  /** Until everybody has seen a frame of everybody; null: not within a minute. */
  completeMs: number | null;
  /** Share of one core, per person. */
  processor: number;
  /** Sent, per person, headers of IP and UDP not included. */
  uplinkKbps: number;
}

/** Makes every browser ask for large pictures of everybody, whatever it shows. */
function wantEverything(): void {
  type Send = (this: RTCDataChannel, data: string) => void;
  const send = RTCDataChannel.prototype.send as Send;
  const wrapped: Send = function (data) {
    const view = typeof data === "string" && data.includes('"type":"view"');
    const large = { width: 1280, height: 768 };
    const message = view ? JSON.stringify({ ...JSON.parse(data), camera: large }) : data;
    send.call(this, message);
  };
  RTCDataChannel.prototype.send = wrapped as typeof RTCDataChannel.prototype.send;
}

export function productContender(
  product: Product,
  { selective }: { selective: boolean },
): Contender {
  return {
    name: selective ? "product" : "product, all large",
    open: async () => {
      const { room_code } = await (await Api.signIn(product.origin, "Owner")).createRoom();
      return `${product.origin}/video/room/${room_code}`;
    },
    prepare: async (context, name) => {
      const data = { password: ACCESS_PASSWORD, user_name: name };
      await context.request.post(`${product.origin}/api/auth/login`, { data });
      await context.addInitScript(keepConnections);
      await context.addInitScript(knock);
      if (!selective) await context.addInitScript(wantEverything);
    },
  };
}

let floorRooms = 0;

export function floorContender({ port }: FloorServer): Contender {
  return {
    name: "floor page",
    open: () => Promise.resolve(`http://localhost:${port}/room${++floorRooms}`),
    prepare: async (context) => void await context.addInitScript(keepConnections),
  };
}

/** How many others this page has seen at least one frame of. */
function seen(): number {
  const videos = document.querySelectorAll<HTMLVideoElement>(
    '[data-testid="tile"] video, video[data-remote]',
  );
  return [...videos].filter((video) => video.getVideoPlaybackQuality().totalVideoFrames > 0).length;
}

/** All come at once, into a browser that nobody has used before. */
export async function measureRoom(contender: Contender, people: number): Promise<RoomFigures> {
  const before = new Set(descendants(Deno.pid));
  const browser = await launchChromium();
  const pids = descendants(Deno.pid).filter((pid) => !before.has(pid));
  const spent = () => processorSeconds(pids[0] ?? 0);
  try {
    const url = await contender.open();
    const pages: Page[] = [];
    for (let index = 0; index < people; index++) {
      const context = await browser.newContext({ viewport: VIEWPORT });
      await contender.prepare(context, `Person ${index + 1}`);
      pages.push(await context.newPage());
    }
    // New windows keep the browser itself busy for a while.
    await pause(WINDOWS_SETTLE_MS + people * WINDOW_SETTLES_MS);
    const start = performance.now();
    await Promise.all(pages.map((page) => page.goto(url, { waitUntil: "commit" })));
    const completeMs = await until("everybody sees everybody", async () => {
      const counts = await Promise.all(pages.map((page) => page.evaluate(seen)));
      return counts.every((count) => count >= people - 1) && performance.now() - start;
    }, { timeoutMs: COMPLETE_WITHIN_MS, everyMs: 25 }).catch(() => null);
    await pause(SETTLE_MS);
    const sent = async () =>
      (await Promise.all(pages.map((page) => page.evaluate(sentBytes)))).reduce((a, b) => a + b);
    const [bytes, seconds, from] = [await sent(), spent(), performance.now()];
    await pause(MEASURE_MS);
    const [bytesAfter, secondsAfter, to] = [await sent(), spent(), performance.now()];
    const elapsed = (to - from) / 1_000;
    return {
      people,
      completeMs,
      processor: (secondsAfter - seconds) / elapsed / people,
      uplinkKbps: (bytesAfter - bytes) * 8 / 1_000 / elapsed / people,
    };
  } finally {
    await browser.close();
  }
}
