/**
 * What a guest's browser loads: requests and bytes on the wire from the guest link to the lobby,
 * and on to the running call; the share of scripts; hosts other than the server's. Budgets of the
 * project: 120 KB in all, 90 KB of scripts, no third host.
 *
 *     deno task bench:page-bytes
 */
import type { CDPSession, Page } from "playwright-core";
import { ChromiumPerson, launchChromium } from "../tests/e2e/harness/chromium.ts";
import { find, join } from "../tests/e2e/harness/walks.ts";
import { Api } from "../tests/fixtures/api.ts";
import { Product } from "../tests/fixtures/product.ts";
import { buildIfStale } from "../tools/start.ts";
import { printTable } from "./report.ts";

const BUDGET = { totalBytes: 120_000, scriptBytes: 90_000 };

interface Loaded {
  url: string;
  type: string;
  encoding: string;
  /** Headers and body as they came over the wire. */
  bytes: number;
}

/** Keeps a record of every answer that came over the wire; sockets and data URLs did not. */
async function record(session: CDPSession): Promise<() => Loaded[]> {
  const answers = new Map<string, Loaded>();
  await session.send("Network.enable");
  session.on("Network.responseReceived", ({ requestId, type, response }) => {
    if (!response.url.startsWith("http") || response.fromDiskCache) return;
    const encoding = response.headers["content-encoding"] ?? "–";
    answers.set(requestId, { url: response.url, type, encoding, bytes: 0 });
  });
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const entry = answers.get(requestId);
    if (entry) entry.bytes = encodedDataLength;
  });
  return () =>
    [...answers.values()].filter(({ bytes }) => bytes > 0).map((entry) => ({ ...entry }));
}

/** Scripts of workers: the page's own record leaves them out, its timings do not. */
async function workerScripts(page: Page, known: readonly Loaded[]): Promise<Loaded[]> {
  const timed = await page.evaluate(() =>
    (performance.getEntriesByType("resource") as PerformanceResourceTiming[])
      .map(({ name, transferSize }) => ({ url: name, bytes: transferSize }))
  );
  const urls = new Set(known.map(({ url }) => url));
  return timed.filter(({ url, bytes }) => bytes > 0 && !urls.has(url))
    .map((entry) => ({ ...entry, type: "Script", encoding: "–" }));
}

function summary(name: string, loaded: readonly Loaded[]): string[] {
  const sum = (entries: readonly Loaded[]) =>
    entries.reduce((bytes, entry) => bytes + entry.bytes, 0);
  const scripts = loaded.filter(({ type }) => type === "Script");
  return [
    name,
    String(loaded.length),
    String(sum(loaded)),
    String(sum(scripts)),
    `${Math.round(100 * sum(scripts) / sum(loaded))} %`,
    String(new Set(loaded.map(({ url }) => new URL(url).host)).size - 1),
  ];
}

if (import.meta.main) {
  await buildIfStale();
  await using product = await Product.start();
  const host = await Api.signIn(product.origin, "Host");
  const { room_code } = await host.createRoom();
  const link = await host.guestUrl(room_code, { user_name: "Guest" });
  const browser = await launchChromium();
  try {
    const guest = await ChromiumPerson.start("Guest", browser);
    const loadedSoFar = await record(await guest.page.context().newCDPSession(guest.page));
    await guest.open(link);
    await find(guest, "lobby");
    await guest.page.waitForLoadState("networkidle");
    const lobby = loadedSoFar();
    await join(guest);
    await guest.page.waitForLoadState("networkidle");
    const ofPages = loadedSoFar();
    const loaded = [...ofPages, ...await workerScripts(guest.page, ofPages)];

    printTable(
      ["file", "type", "coding", "bytes"],
      loaded.map(({ url, type, encoding, bytes }) => [
        new URL(url).pathname,
        type,
        encoding,
        String(bytes),
      ]),
    );
    console.log();
    printTable(["up to", "requests", "bytes", "scripts", "share", "third hosts"], [
      summary("the lobby", lobby),
      summary("the call", loaded),
    ]);
    const total = Number(summary("", loaded)[2]);
    const script = Number(summary("", loaded)[3]);
    console.log(
      `\nof the budget: ${(total / BUDGET.totalBytes).toFixed(2)} of all, ` +
        `${(script / BUDGET.scriptBytes).toFixed(2)} of scripts`,
    );
  } finally {
    await browser.close();
  }
}
