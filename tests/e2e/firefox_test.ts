/** Two engines, either of them first: who offers and who answers changes sides. */
import assert from "node:assert/strict";
import { Api } from "../fixtures/api.ts";
import {
  everyoneMeets,
  hears,
  hearsNothingOf,
  type Presence,
  sees,
  tilesAre,
} from "./harness/senses.ts";
import { browserTest, type Stage } from "./harness/stage.ts";
import { inCall, leave, visitAndJoin } from "./harness/walks.ts";

type Order = readonly ["chromium" | "firefox", "chromium" | "firefox"];

async function meet(stage: Stage, order: Order): Promise<[Presence, Presence]> {
  const product = await stage.product();
  const room = await (await Api.signIn(product.origin, "Host")).createRoom();
  const people: Presence[] = [];
  for (const browser of order) {
    const person = await stage[browser](browser);
    people.push({ person, id: await visitAndJoin(person, product, room.room_code) });
  }
  await everyoneMeets(people);
  return people as [Presence, Presence];
}

browserTest("Firefox joins Chromium; mute, screen and leaving cross the engines", async (stage) => {
  const [chromium, firefox] = await meet(stage, ["chromium", "firefox"]);
  await firefox.person.click("control-mic");
  await hearsNothingOf(chromium.person, firefox.id);
  await firefox.person.click("control-mic");
  await hears(chromium.person, firefox.id);

  await chromium.person.click("control-screen");
  await tilesAre(firefox.person, [`${chromium.id}:camera`, `${chromium.id}:screen`]);
  await sees(firefox.person, chromium.id, "screen");
  await stage.picture(firefox.person, "call_screen_share_firefox");
  await chromium.person.click("control-screen");
  await tilesAre(firefox.person, [`${chromium.id}:camera`]);

  await leave(firefox.person);
  await tilesAre(chromium.person, []);
}, { timeoutMs: 120_000 });

browserTest(
  "Chromium joins Firefox; a reload of Firefox comes back as the same one",
  async (stage) => {
    const [firefox, chromium] = await meet(stage, ["firefox", "chromium"]);
    await firefox.person.reload();
    assert.equal(await inCall(firefox.person), firefox.id);
    await Promise.all([
      sees(chromium.person, firefox.id),
      sees(firefox.person, chromium.id),
      hears(chromium.person, firefox.id),
    ]);
    await tilesAre(chromium.person, [`${firefox.id}:camera`]);
  },
  { timeoutMs: 120_000 },
);
