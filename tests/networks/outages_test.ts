/** The network goes away in mid-call, and comes back as the same or as another one. */
import assert from "node:assert/strict";
import { hears, tile, tilesAre, tileVideo } from "../e2e/harness/senses.ts";
import { browserTest } from "../e2e/harness/stage.ts";
import { attribute, inCall } from "../e2e/harness/walks.ts";
import { pause, until } from "../fixtures/poll.ts";
import { noteFrames } from "./page_probes.ts";
import { type Scene, twoInACall } from "./scene.ts";
import { epochMs, pictureBack } from "./timing.ts";
import { FAIR } from "./world.ts";

const HOMES = { homes: [{}, {}] };
/** Frames that were on their way when the network changed may be shown for so long. */
const ON_THEIR_WAY_MS = 300;

async function watch({ ann, ben }: Scene): Promise<void> {
  await ann.person.eval(noteFrames, tileVideo(ben.id));
  await ben.person.eval(noteFrames, tileVideo(ann.id));
}

async function bothSee({ ann, ben }: Scene, sinceMs: number): Promise<number> {
  const back = await Promise.all([ann, ben].map(({ person }) => pictureBack(person, sinceMs)));
  return Math.max(...back);
}

/** Nobody has left, loaded a page again, or had to be met anew. */
async function assertUnbroken({ world, ann, ben }: Scene): Promise<void> {
  await tilesAre(ann.person, [`${ben.id}:camera`]);
  for (const { person, id } of [ann, ben]) assert.equal(await inCall(person), id);
  assert.deepEqual(world.product.log.filter((line) => line.includes("participant_left")), []);
  for (const [one, other] of [[ann, ben], [ben, ann]] as const) {
    await until(`${one.person.name} says that all is well`, async () => {
      const link = { selector: tile(other.id), name: "data-link" };
      return await attribute(one.person, link) === "connected";
    });
    await hears(one.person, other.id);
  }
}

browserTest("a new address in mid-call, on either side, heals by itself", async (stage) => {
  const scene = await twoInACall(stage, HOMES);
  await watch(scene);
  for (const { person, home } of [scene.ben, scene.ann]) {
    await home.move(scene.world.newAddress());
    const movedMs = epochMs();
    const backMs = await bothSee(scene, movedMs + ON_THEIR_WAY_MS) + ON_THEIR_WAY_MS;
    console.log(`${person.name} moved: all see again after ${backMs} ms`);
  }
  await assertUnbroken(scene);
});

// The last one is longer than the server waits for a sign of life.
const CUTS_SECONDS = [1, 3, 12];

browserTest("cuts heal, short and long, and nobody is taken for gone", async (stage) => {
  const scene = await twoInACall(stage, HOMES);
  await watch(scene);
  for (const seconds of CUTS_SECONDS) {
    await scene.ben.home.line.cut();
    await pause(seconds * 1_000);
    await scene.ben.home.line.weather(FAIR);
    const backMs = await bothSee(scene, epochMs());
    console.log(`cut of ${seconds} s: all see again ${backMs} ms after it`);
  }
  await assertUnbroken(scene);
}, { timeoutMs: 150_000 });
