/** Two engines, either of them first: who offers and who answers changes sides. */
import { Api } from "../fixtures/api.ts";
import { everyoneMeets, type Presence } from "./harness/senses.ts";
import { browserTest, type Stage } from "./harness/stage.ts";
import { visitAndJoin } from "./harness/walks.ts";

async function meet(stage: Stage, order: readonly ("chromium" | "firefox")[]): Promise<void> {
  const product = await stage.product();
  const room = await (await Api.signIn(product.origin, "Host")).createRoom();
  const people: Presence[] = [];
  for (const browser of order) {
    const person = await stage[browser](browser);
    people.push({ person, id: await visitAndJoin(person, product, room.room_code) });
  }
  await everyoneMeets(people);
}

browserTest("Firefox joins Chromium", (stage) => meet(stage, ["chromium", "firefox"]));

browserTest("Chromium joins Firefox", (stage) => meet(stage, ["firefox", "chromium"]));
