/** A call that survives its page, its server and a second tab. */
import assert from "node:assert/strict";
import { Api } from "../fixtures/api.ts";
import { until } from "../fixtures/poll.ts";
import type { Product } from "../fixtures/product.ts";
import type { ChromiumPerson } from "./harness/chromium.ts";
import { readFreezeMeter, startFreezeMeter } from "./harness/probes.ts";
import { everyoneMeets, type Presence, sees, tilesAre, tileVideo } from "./harness/senses.ts";
import { browserTest, type Stage } from "./harness/stage.ts";
import { attribute, find, inCall, visitAndJoin } from "./harness/walks.ts";

interface Someone extends Presence {
  person: ChromiumPerson;
}

interface Scene {
  product: Product;
  host: Api;
  code: string;
  people: [Someone, Someone];
}

async function twoInACall(stage: Stage): Promise<Scene> {
  const product = await stage.product();
  const host = await Api.signIn(product.origin, "Host");
  const { room_code: code } = await host.createRoom();
  const people: Someone[] = [];
  for (const name of ["Ann", "Ben"]) {
    const person = await stage.chromium(name);
    people.push({ person, id: await visitAndJoin(person, product, code) });
  }
  const [ann, ben] = people as [Someone, Someone];
  await Promise.all([sees(ann.person, ben.id), sees(ben.person, ann.id)]);
  return { product, host, code, people: [ann, ben] };
}

browserTest("a reload comes back as the same participant", async (stage) => {
  const { host, code, people: [ann, ben] } = await twoInACall(stage);
  await ben.person.reload();
  assert.equal(await inCall(ben.person), ben.id);
  await everyoneMeets([ann, ben]);
  await tilesAre(ann.person, [`${ben.id}:camera`]);
  assert.equal((await host.participants(code)).length, 2);
});

browserTest("a server killed and started again freezes nobody and loses nobody", async (stage) => {
  const { product, host, code, people } = await twoInACall(stage);
  const [ann, ben] = people;
  await ann.person.eval(startFreezeMeter, tileVideo(ben.id));
  await ben.person.eval(startFreezeMeter, tileVideo(ann.id));

  await product.kill();
  for (const { person } of people) await find(person, "connection-banner");
  // Long enough for anything that leans on the server to stop.
  await everyoneMeets(people);
  const opened = await product.restart();
  await until("all are online by REST", async () => {
    const rows = await host.participants(code);
    return rows.length === 2 && rows.every((row) => row.is_online);
  }, { timeoutMs: 20_000, everyMs: 50 });
  for (const { person, id } of people) assert.equal(await inCall(person), id);
  const backMs = performance.now() - opened;

  for (const [viewer, shown] of [[ann, ben], [ben, ann]] as const) {
    const meter = await viewer.person.eval(readFreezeMeter, tileVideo(shown.id));
    console.log(
      `${viewer.person.name}: longest freeze ${meter?.longestMs} ms in ${meter?.frames} frames; ` +
        `all online ${Math.round(backMs)} ms after the port opened`,
    );
    assert.ok(meter && meter.frames > 10, "the meter saw frames");
    assert.ok(meter.longestMs < 1_000, `frozen for ${meter.longestMs} ms`);
  }
  assert.ok(backMs < 5_000, `online again after ${backMs} ms`);
  await everyoneMeets(people);
});

browserTest("the same person in a second tab takes the call over", async (stage) => {
  const { product, code, people: [ann, ben] } = await twoInACall(stage);
  const tab = await ben.person.secondTab();
  await tab.open(`${product.origin}/video/room/${code}`);
  await find(tab, "lobby");
  await tab.click("lobby-join");
  assert.equal(await inCall(tab), ben.id);
  await find(ben.person, "call-ended");
  const selector = '[data-testid="call-ended"]';
  assert.equal(await attribute(ben.person, { selector, name: "data-reason" }), "replaced");
  await everyoneMeets([ann, { person: tab, id: ben.id }]);
  await tilesAre(ann.person, [`${ben.id}:camera`]);
});
