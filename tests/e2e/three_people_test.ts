import { Api } from "../fixtures/api.ts";
import { everyoneMeets, type Presence, tilesAre } from "./harness/senses.ts";
import { browserTest } from "./harness/stage.ts";
import { leave, visitAndJoin } from "./harness/walks.ts";

browserTest("three people see and hear each other; one goes, two stay", async (stage) => {
  const product = await stage.product();
  const room = await (await Api.signIn(product.origin, "Host")).createRoom();
  const people: Presence[] = [];
  for (const name of ["Ann", "Ben", "Cat"]) {
    const person = await stage.chromium(name);
    people.push({ person, id: await visitAndJoin(person, product, room.room_code) });
  }
  await everyoneMeets(people);
  const [ann, ben, cat] = people as [Presence, Presence, Presence];
  await stage.picture(ann.person, "call_three_people_desktop");

  await leave(cat.person);
  await tilesAre(ann.person, [`${ben.id}:camera`]);
  await tilesAre(ben.person, [`${ann.id}:camera`]);
  await everyoneMeets([ann, ben]);
}, { timeoutMs: 120_000 });
