/** Microphone, camera and screen in a running call; none of them needs a new offer. */
import assert from "node:assert/strict";
import { Api } from "../fixtures/api.ts";
import { until } from "../fixtures/poll.ts";
import type { Person } from "./harness/person.ts";
import { readNegotiations, shownFrames } from "./harness/probes.ts";
import {
  everyoneMeets,
  hears,
  hearsNothingOf,
  type Presence,
  sees,
  tile,
  tilesAre,
  tileVideo,
} from "./harness/senses.ts";
import { browserTest, type Stage } from "./harness/stage.ts";
import { attribute, find, join, visit, visitAndJoin } from "./harness/walks.ts";

async function twoInACall(stage: Stage): Promise<[Presence, Presence]> {
  const product = await stage.product();
  const room = await (await Api.signIn(product.origin, "Host")).createRoom();
  const people: Presence[] = [];
  for (const name of ["Ann", "Ben"]) {
    const person = await stage.chromium(name);
    people.push({ person, id: await visitAndJoin(person, product, room.room_code) });
  }
  const [ann, ben] = people as [Presence, Presence];
  await Promise.all([sees(ann.person, ben.id), sees(ben.person, ann.id)]);
  return [ann, ben];
}

async function offersOf(people: readonly Presence[]): Promise<number> {
  const counts = await Promise.all(people.map(({ person }) => person.eval(readNegotiations)));
  return counts.reduce((sum, { offers }) => sum + offers, 0);
}

async function buttonSays(person: Person, id: string, name: string): Promise<void> {
  await until(`${id} says ${name}`, async () => {
    const selector = `[data-testid="${id}"]`;
    return await attribute(person, { selector, name: "aria-label" }) === name;
  });
}

browserTest("mute stops the sound on the other side, unmute brings it back", async (stage) => {
  const [ann, ben] = await twoInACall(stage);
  await hears(ben.person, ann.id);
  const offers = await offersOf([ann, ben]);
  await ann.person.click("control-mic");
  await buttonSays(ann.person, "control-mic", "Unmute microphone");
  await hearsNothingOf(ben.person, ann.id);
  await hears(ann.person, ben.id); // the other direction is not touched
  await ann.person.click("control-mic");
  await hears(ben.person, ann.id);
  assert.equal(await offersOf([ann, ben]), offers);
});

browserTest(
  "camera off shows no picture on the other side, camera on brings it back",
  async (stage) => {
    const [ann, ben] = await twoInACall(stage);
    const offers = await offersOf([ann, ben]);
    await ann.person.click("control-camera");
    await buttonSays(ann.person, "control-camera", "Turn camera on");
    await until("the picture stands still", async () => {
      const before = await ben.person.eval(shownFrames, tileVideo(ann.id));
      await new Promise((resolve) => setTimeout(resolve, 500));
      return await ben.person.eval(shownFrames, tileVideo(ann.id)) === before;
    });
    await tilesAre(ben.person, [`${ann.id}:camera`]); // the person is still there
    await stage.picture(ben.person, "call_camera_off_desktop");
    await sees(ann.person, ben.id);
    await ann.person.click("control-camera");
    await sees(ben.person, ann.id);
    await hears(ben.person, ann.id);
    assert.equal(await offersOf([ann, ben]), offers);
  },
);

browserTest(
  "a shared screen shows beside the camera and goes without a new offer",
  async (stage) => {
    const [ann, ben] = await twoInACall(stage);
    const offers = await offersOf([ann, ben]);
    await ann.person.click("control-screen");
    await tilesAre(ben.person, [`${ann.id}:camera`, `${ann.id}:screen`]);
    await buttonSays(ann.person, "control-screen", "Stop sharing");
    await sees(ben.person, ann.id, "screen");
    await sees(ben.person, ann.id);
    await stage.picture(ben.person, "call_screen_share_desktop");

    await ann.person.click("control-screen");
    await tilesAre(ben.person, [`${ann.id}:camera`]);
    await buttonSays(ann.person, "control-screen", "Share screen");
    await everyoneMeets([ann, ben]);
    assert.equal(await offersOf([ann, ben]), offers);
  },
);

browserTest("who comes later sees the screen that is already shared", async (stage) => {
  const product = await stage.product();
  const room = await (await Api.signIn(product.origin, "Host")).createRoom();
  const ann = await stage.chromium("Ann");
  const annId = await visitAndJoin(ann, product, room.room_code);
  await ann.click("control-screen");
  await buttonSays(ann, "control-screen", "Stop sharing");
  const ben = await stage.chromium("Ben");
  await visitAndJoin(ben, product, room.room_code);
  await tilesAre(ben, [`${annId}:camera`, `${annId}:screen`]);
  await sees(ben, annId);
  assert.equal(await attribute(ben, { selector: tile(annId), name: "data-link" }), "connected");
});

browserTest("the lobby's picture lets go of the camera when the call begins", async (stage) => {
  const product = await stage.product();
  const room = await (await Api.signIn(product.origin, "Host")).createRoom();
  const ann = await stage.chromium("Ann");
  await visit(ann, product, room.room_code);
  await find(ann, "lobby-preview");
  type Kept = typeof globalThis & { __preview?: HTMLVideoElement | null };
  const shows = await ann.eval(() => {
    const preview = document.querySelector<HTMLVideoElement>('[data-testid="lobby-preview"]');
    (globalThis as Kept).__preview = preview;
    return preview?.tagName;
  });
  assert.equal(shows, "VIDEO");
  await join(ann);
  // Else it would hold pictures of the camera until it is collected as garbage.
  const held = await ann.eval(() => (globalThis as Kept).__preview?.srcObject);
  assert.equal(held, null);
});
