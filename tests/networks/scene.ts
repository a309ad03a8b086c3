/** Two people in a call across the small internet, and what each gets from the other. */
import type { ChromiumPerson } from "../e2e/harness/chromium.ts";
import { everyoneMeets } from "../e2e/harness/senses.ts";
import type { Stage } from "../e2e/harness/stage.ts";
import { createRoom, inCall, join, signIn, visitAndJoin } from "../e2e/harness/walks.ts";
import type { Home } from "./home.ts";
import { World, type WorldOptions } from "./world.ts";

export interface Someone {
  person: ChromiumPerson;
  id: number;
  home: Home;
}

export interface Scene {
  world: World;
  ann: Someone;
  ben: Someone;
}

/** Ann makes a room, Ben comes; nothing is said about their meeting yet. */
export async function twoInARoom(stage: Stage, options: WorldOptions): Promise<Scene> {
  const world = await World.build(stage, options);
  const [annsHome, bensHome] = world.homes;
  if (annsHome === undefined || bensHome === undefined) throw new Error("two homes are needed");
  const [ann, ben] = await Promise.all([
    world.person("Ann", annsHome),
    world.person("Ben", bensHome),
  ]);
  await signIn(ann, world.product);
  const code = await createRoom(ann);
  const annId = await join(ann);
  const benId = await visitAndJoin(ben, world.product, code);
  await inCall(ben);
  return {
    world,
    ann: { person: ann, id: annId, home: annsHome },
    ben: { person: ben, id: benId, home: bensHome },
  };
}

/** The same, once they see and hear each other. */
export async function twoInACall(stage: Stage, options: WorldOptions): Promise<Scene> {
  const scene = await twoInARoom(stage, options);
  await everyoneMeets([scene.ann, scene.ben]);
  return scene;
}
