/** Where nothing but the relay connects people: a real coturn with the flags of compose.yaml. */
import assert from "node:assert/strict";
import { sees } from "../e2e/harness/senses.ts";
import { browserTest } from "../e2e/harness/stage.ts";
import { until } from "../fixtures/poll.ts";
import { askRelay, readReceived } from "./page_probes.ts";
import { type Someone, twoInACall, twoInARoom } from "./scene.ts";
import { relayUser } from "./turn_server.ts";
import { TURN_ADDRESS } from "./world.ts";

/** At least one of two ends goes through its relay; the other may see the relay as a plain peer. */
async function assertRelayed(people: readonly Someone[], protocol: "udp" | "tcp"): Promise<void> {
  const ways = await Promise.all(people.map(({ person }) => person.eval(readReceived)));
  const relayed = ways.filter(({ way }) => way === "relay");
  assert.ok(relayed.length > 0, `not relayed: ${JSON.stringify(ways)}`);
  for (const { relayProtocol } of relayed) assert.equal(relayProtocol, protocol);
}

const FIREWALL = { blocksUdp: true };
const OFFICE = { symmetric: true };

browserTest("two behind symmetric routers meet through the relay", async (stage) => {
  const { ann, ben } = await twoInACall(stage, { homes: [OFFICE, OFFICE], relay: ["udp"] });
  await assertRelayed([ann, ben], "udp");

  const urls = `turn:${TURN_ADDRESS}:3478?transport=udp`;
  const inAnHour = await relayUser(Date.now() / 1_000 + 3_600);
  const anHourAgo = await relayUser(Date.now() / 1_000 - 3_600);
  const wrong = { ...inAnHour, credential: anHourAgo.credential };
  const ask = (user: typeof wrong) => ann.person.eval(askRelay, { urls, ...user });
  assert.equal(await ask(inAnHour), "relay");
  assert.equal(await ask(anHourAgo), "401", "expired credentials are refused");
  assert.equal(await ask(wrong), "401", "wrong credentials are refused");
});

/** Runs before the page's scripts: what it looks at every minute it looks at all the time. */
function hurry(): void {
  const plain = globalThis.setInterval;
  const hasty = (work: () => void, ms?: number) => plain(work, ms === 60_000 ? 200 : ms);
  Object.assign(globalThis, { setInterval: hasty });
}

/** Of the present connection. */
function relayUserOf(): string | undefined {
  const page = globalThis as typeof globalThis & { __connections?: RTCPeerConnection[] };
  const servers = page.__connections?.at(-1)?.getConfiguration().iceServers ?? [];
  return servers.find(({ username }) => username)?.username;
}

browserTest("hours into a call, connections have new credentials for the relay", async (stage) => {
  const { ann, ben } = await twoInACall(stage, { homes: [OFFICE, OFFICE], relay: ["udp"] });
  await ann.person.page.context().addInitScript(hurry);
  await ann.person.reload();
  await sees(ann.person, ben.id);
  const before = await ann.person.eval(relayUserOf);
  assert.match(before ?? "", /^\d+:\d+$/);
  await ann.person.eval(() => {
    const hours = 4 * 3_600_000;
    const plain = Date.now;
    Date.now = () => plain() + hours;
  });
  await until("other credentials", async () => await ann.person.eval(relayUserOf) !== before);
  await sees(ann.person, ben.id);
});

browserTest("where UDP is blocked the relay is reached over TCP", async (stage) => {
  const relay = ["udp", "tcp"] as const;
  const { ann, ben } = await twoInACall(stage, { homes: [FIREWALL, FIREWALL], relay });
  await assertRelayed([ann, ben], "tcp");
});

browserTest("one behind a strict firewall and one at home meet", async (stage) => {
  const { ann, ben } = await twoInACall(stage, { homes: [{}, FIREWALL], relay: ["udp", "tcp"] });
  await assertRelayed([ann, ben], "tcp");
});

browserTest("two at home meet without the relay", async (stage) => {
  const { ann, ben } = await twoInACall(stage, { homes: [{}, {}], relay: ["udp", "tcp"] });
  for (const { person } of [ann, ben]) {
    const { way } = await person.eval(readReceived);
    assert.ok(way === "srflx" || way === "prflx", `${person.name}: ${way}`);
  }
});

browserTest("a relay with another secret refuses, and the server's log says why", async (stage) => {
  const homes = [OFFICE, OFFICE];
  const options = { homes, relay: ["udp"] as const, secret: "what-coturn-does-not-know" };
  const { world, ann } = await twoInARoom(stage, options);
  const line = await until(
    "the refusal in the log",
    () => world.product.log.find((text) => text.includes("RelayRefused")),
    { timeoutMs: 30_000 },
  );
  assert.match(line, /The relay turn:203\.0\.113\.20:3478\?transport=udp refused: 401/);
  assert.ok(world.turn.log.some((text) => text.includes("Cannot find credentials")));
  assert.equal((await ann.person.eval(readReceived)).framesDecoded, 0);
});
