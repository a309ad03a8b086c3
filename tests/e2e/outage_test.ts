/** The server goes away, again and again, and the call goes on by itself. */
import assert from "node:assert/strict";
import { Api } from "../fixtures/api.ts";
import { pause, until } from "../fixtures/poll.ts";
import type { Product } from "../fixtures/product.ts";
import { isDelivered, openChat, readChat, reads, say } from "./harness/chatting.ts";
import type { ChromiumPerson } from "./harness/chromium.ts";
import { closeConnectionOf, frozenSeconds, remoteGenerations } from "./harness/connections.ts";
import { keepConnections } from "./harness/disobedience.ts";
import { testid } from "./harness/person.ts";
import { readFreezeMeter, startFreezeMeter } from "./harness/probes.ts";
import { hears, type Presence, sees, tile, tileVideo } from "./harness/senses.ts";
import { browserTest, type Stage } from "./harness/stage.ts";
import { attribute, find, inCall, visitAndJoin } from "./harness/walks.ts";

interface Someone extends Presence {
  person: ChromiumPerson;
}

interface Scene {
  product: Product;
  host: Api;
  code: string;
  people: Someone[];
}

async function inACall(stage: Stage, names: readonly string[]): Promise<Scene> {
  const product = await stage.product();
  const host = await Api.signIn(product.origin, "Host");
  const { room_code: code } = await host.createRoom();
  const people: Someone[] = [];
  for (const name of names) {
    const person = await stage.chromium(name);
    await person.page.addInitScript(keepConnections);
    people.push({ person, id: await visitAndJoin(person, product, code) });
  }
  await Promise.all(pairsOf(people).map(([{ person }, { id }]) => sees(person, id)));
  await Promise.all(pairsOf(people).map(([{ person }, { id }]) => isProtected(person, id)));
  return { product, host, code, people };
}

function pairsOf(people: readonly Someone[]): [Someone, Someone][] {
  return people.flatMap((a) =>
    people.filter((b) => b !== a).map((b): [Someone, Someone] => [a, b])
  );
}

async function isProtected(person: ChromiumPerson, id: number): Promise<void> {
  const sign = { selector: tile(id), name: "data-protection" };
  await until(
    `${person.name} has keys with ${id}`,
    async () => await attribute(person, sign) === "encrypted",
    { timeoutMs: 20_000 },
  );
}

async function isAway(people: readonly Someone[]): Promise<void> {
  await Promise.all(people.map(({ person }) => find(person, "connection-banner")));
}

browserTest("with the server away a broken link heals through somebody else", async (stage) => {
  const { product, people } = await inACall(stage, ["Ann", "Ben", "Cat"]);
  const [ann, ben, cat] = people as [Someone, Someone, Someone];
  await product.kill();
  await isAway(people);
  assert.ok(await ann.person.eval(closeConnectionOf, tileVideo(ben.id)));
  const link = { selector: tile(ben.id), name: "data-link" };
  await until("the link is down", async () => await attribute(ann.person, link) === "interrupted");
  await openChat(ann.person);
  await say(ann.person, "Can you hear me?");
  await until(
    "the link is up again",
    async () => await attribute(ann.person, link) === "connected",
    { timeoutMs: 30_000 },
  );
  await sees(ann.person, ben.id);
  await sees(ben.person, ann.id);
  await isProtected(ben.person, ann.id);
  await isDelivered(ann.person);
  for (const { person } of [ben, cat]) {
    await openChat(person);
    await reads(person, ["Can you hear me?"]);
  }
  // All that without the server.
  await isAway(people);
  await product.restart();
  for (const { person, id } of people) assert.equal(await inCall(person), id);
  await Promise.all(pairsOf(people).map(([{ person }, { id }]) => sees(person, id)));
});

browserTest(
  "with the server away people see each other's devices change, and paths are renewed",
  async (stage) => {
    const { product, host, code, people } = await inACall(stage, ["Ann", "Ben"]);
    const [ann, ben] = people as [Someone, Someone];
    const benTile = ann.person.page.locator(tile(ben.id));
    await ben.person.click("control-mic");
    await benTile.getByLabel("Microphone is off").waitFor();
    await product.kill();
    await isAway(people);

    await ben.person.click("control-mic");
    await ben.person.click("control-hand");
    await hears(ann.person, ben.id);
    await benTile.getByLabel("Hand is raised").waitFor();
    await ben.person.page.getByRole("button", { name: "Lower hand" }).waitFor();

    const [before] = await ann.person.eval(remoteGenerations);
    await ann.person.eval(() => void dispatchEvent(new Event("online")));
    await until("the path is a new one", async () => {
      const [now] = await ann.person.eval(remoteGenerations);
      return now !== undefined && now !== before;
    }, { timeoutMs: 20_000 });
    await sees(ann.person, ben.id);
    await isAway(people);

    await product.restart();
    for (const { person } of people) await inCall(person);
    await until("the server knows what changed", async () => {
      const row = (await host.participants(code)).find((each) => each.participant_id === ben.id);
      return row?.is_online && !row.is_muted && row.is_hand_raised;
    });
    await hears(ann.person, ben.id);
    await benTile.getByLabel("Hand is raised").waitFor();
  },
);

/** How long the server is away in each period, in seconds. */
const AWAY_SECONDS = [2, 6, 10, 1, 14, 4, 8, 3, 12] as const;
const PERIOD_MS = 20_000;
const SAY_EVERY_MS = 2_500;
/** A picture may stand this long, beyond what the machine does to pictures that need no network. */
const MAX_FREEZE_MS = 1_000;

/** What one says the others read soon, whatever the server does. @returns what was said */
async function talk(
  people: readonly Someone[],
  over: () => boolean,
): Promise<Map<number, string[]>> {
  const said = new Map<number, string[]>(people.map(({ id }) => [id, []]));
  for (let turn = 0; !over(); turn++) {
    const speaker = people[turn % people.length]!;
    const text = `${speaker.person.name} ${turn}`;
    said.get(speaker.id)!.push(text);
    const atMs = performance.now();
    await say(speaker.person, text);
    for (const { person } of people) {
      await until(`${person.name} reads “${text}”`, async () => {
        return (await readChat(person)).some((line) => line.text === text);
      }, { timeoutMs: 10_000 });
    }
    await pause(Math.max(0, SAY_EVERY_MS - (performance.now() - atMs)));
  }
  return said;
}

/** Nobody's tile goes for a moment. @returns how often somebody looked */
async function countTiles(people: readonly Someone[], over: () => boolean): Promise<number> {
  let looks = 0;
  for (; !over(); looks++) {
    for (const { person } of people) {
      const selector = `${testid("tile")}[data-kind="camera"]`;
      assert.equal(await person.page.locator(selector).count(), people.length - 1, person.name);
    }
    await pause(250);
  }
  return looks;
}

interface Outage {
  fromMs: number;
  toMs: number;
}

/** @returns when the server was away, in milliseconds since the epoch */
async function killAgainAndAgain(product: Product): Promise<Outage[]> {
  const outages: Outage[] = [];
  for (const seconds of AWAY_SECONDS) {
    const startMs = performance.now();
    const fromMs = Date.now();
    await product.kill();
    await pause(seconds * 1_000);
    await product.restart();
    outages.push({ fromMs, toMs: Date.now() });
    await pause(PERIOD_MS - (performance.now() - startMs));
  }
  return outages;
}

/** Where in the story something happened, for whoever reads of a failure. */
function placeOf(atMs: number, outages: readonly Outage[]): string {
  const last = outages.findLast(({ fromMs }) => fromMs <= atMs);
  if (last === undefined) return "before the first kill";
  const since = (ms: number) => `${((atMs - ms) / 1_000).toFixed(1)} s after the`;
  return atMs <= last.toMs ? `${since(last.fromMs)} kill` : `${since(last.toMs)} restart`;
}

/** One's own camera in the same page knows no network: if it stands too, the machine is at fault. */
const OWN_PICTURE = `${testid("self-view")} video`;

browserTest(
  "a server that is killed every 20 s for 3 minutes takes nothing from a call of three",
  async (stage) => {
    const { product, host, code, people } = await inACall(stage, ["Ann", "Ben", "Cat"]);
    for (const { person } of people) await openChat(person);
    const before = await Promise.all(people.map(({ person }) => person.eval(frozenSeconds)));
    for (const [{ person }, { id }] of pairsOf(people)) {
      await person.eval(startFreezeMeter, tileVideo(id));
    }
    for (const { person } of people) await person.eval(startFreezeMeter, OWN_PICTURE);
    let over = false;
    const [said, looks, outages] = await Promise.all([
      talk(people, () => over),
      countTiles(people, () => over),
      killAgainAndAgain(product).finally(() => over = true),
    ]);

    const frozen: string[] = [];
    /** Longest standstill of the own camera, by whose page it was. */
    const machineMs = new Map<number, number>();
    for (const [index, { person, id }] of people.entries()) {
      assert.equal(await inCall(person), id);
      const seconds = await person.eval(frozenSeconds) - before[index]!;
      const own = await person.eval(readFreezeMeter, OWN_PICTURE);
      assert.ok(own && own.frames > 500, "the own camera goes on");
      machineMs.set(id, own.longestMs);
      console.log(
        `${person.name}: ${seconds.toFixed(2)} s of freezes by the browser's count; ` +
          `own camera stood for ${own.longestMs} ms at most`,
      );
    }
    for (const [{ person, id: viewer }, { id }] of pairsOf(people)) {
      const meter = await person.eval(readFreezeMeter, tileVideo(id));
      assert.ok(meter && meter.frames > 500, "frames came all the time");
      const what = `${person.name} saw ${id} stand for ${meter.longestMs} ms at most, ` +
        `${placeOf(meter.endedAt, outages)} (${meter.frames} frames)`;
      console.log(what);
      if (meter.longestMs >= MAX_FREEZE_MS + machineMs.get(viewer)!) frozen.push(what);
    }
    for (const { person } of people) {
      await isDelivered(person);
      const lines = await readChat(person);
      for (const [from, texts] of said) {
        assert.deepEqual(lines.filter((line) => line.from === from).map(({ text }) => text), texts);
      }
      console.log(`${person.name}: ${lines.length} messages, each once and in order`);
    }
    assert.deepEqual(frozen, []);
    assert.ok(looks > 50, `looked ${looks} times`);
    const rows = await host.participants(code);
    assert.deepEqual(
      rows.map((row) => row.participant_id).sort(),
      people.map(({ id }) => id).sort(),
    );
  },
  { timeoutMs: 300_000 },
);
