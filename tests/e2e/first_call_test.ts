/** From the first page to talking, as a stranger walks it. */
import assert from "node:assert/strict";
import { browserTest } from "./harness/stage.ts";
import { everyoneMeets, tilesAre } from "./harness/senses.ts";
import {
  attribute,
  createRoom,
  enterByLink,
  invite,
  join,
  leave,
  signIn,
} from "./harness/walks.ts";

browserTest("sign in, create a room, send the link, talk, leave", async (stage) => {
  const product = await stage.product();
  const ann = await stage.chromium("Ann");
  await signIn(ann, product);
  const code = await createRoom(ann, "Team talk");
  assert.match(code, /^[0-9A-Z]{8}$/);
  const annId = await join(ann);
  const link = await invite(ann);
  assert.match(link, /\/#\/room\/[0-9A-Z]+\?guest_token=/);

  const ben = await stage.chromium("Ben");
  const benId = await enterByLink(ben, link);
  assert.equal((await ben.url()).includes("guest_token"), false);
  await everyoneMeets([{ person: ann, id: annId }, { person: ben, id: benId }]);
  await stage.picture(ann, "call_two_people_desktop");
  const label = await attribute(ann, {
    selector: `[data-testid="tile"][data-participant-id="${benId}"]`,
    name: "aria-label",
  });
  assert.equal(label, "Ben");

  await leave(ben);
  await tilesAre(ann, []);
  const reason = await attribute(ben, {
    selector: '[data-testid="call-ended"]',
    name: "data-reason",
  });
  assert.equal(reason, "left");
  for (const { name, complaints } of [ann, ben]) assert.deepEqual(complaints, [], name);
});

browserTest("closing the tab leaves the call at once", async (stage) => {
  const product = await stage.product();
  const ann = await stage.chromium("Ann");
  await signIn(ann, product);
  await createRoom(ann);
  await join(ann);
  const ben = await stage.chromium("Ben");
  const benId = await enterByLink(ben, await invite(ann));
  await tilesAre(ann, [`${benId}:camera`]);
  await ben.page.close({ runBeforeUnload: true });
  await tilesAre(ann, []);
});
