/** Pages whose script is late, was there before, or is not there any more. */
import assert from "node:assert/strict";
import { Api } from "../fixtures/api.ts";
import { until } from "../fixtures/poll.ts";
import type { ChromiumPerson } from "./harness/chromium.ts";
import { testid } from "./harness/person.ts";
import { everyoneMeets } from "./harness/senses.ts";
import { browserTest, type Stage } from "./harness/stage.ts";
import { find, inCall, visit, visitAndJoin } from "./harness/walks.ts";

async function room(stage: Stage) {
  const product = await stage.product();
  const host = await Api.signIn(product.origin, "Host");
  const { room_code: code } = await host.createRoom();
  return { product, host, code };
}

/** Of the page's scripts only the first one comes, which is part of the page. */
async function holdScripts({ page }: ChromiumPerson): Promise<() => void> {
  const late = Promise.withResolvers<void>();
  await page.route("**/assets/**/*.js", async (route) => {
    await late.promise;
    await route.continue();
  });
  return late.resolve;
}

browserTest("a tap on Join counts before the page's scripts are there", async (stage) => {
  const { product, host, code } = await room(stage);
  const ann = await stage.chromium("Ann");
  await ann.open(await host.guestUrl(code, { user_name: "A" }));
  await find(ann, "lobby");
  const address = await ann.url();
  const release = await holdScripts(ann);
  await ann.page.reload({ waitUntil: "commit" });
  const button = ann.page.locator(testid("lobby-join"));
  const name = ann.page.locator(testid("lobby-name"));
  await name.fill("  ");
  await button.click();
  assert.equal(await button.getAttribute("aria-busy"), null);
  await name.fill("Typed early");
  await button.click();
  assert.equal(await button.getAttribute("aria-busy"), "true");
  await name.press("Enter");
  const names = async () => (await host.participants(code)).map((each) => each.user_name);
  await until("Ann has her place", async () => (await names()).length > 0);
  assert.equal(await ann.url(), address);
  const ben = await stage.chromium("Ben");
  const benId = await visitAndJoin(ben, product, code);
  release();
  const annId = await inCall(ann);
  await everyoneMeets([{ person: ann, id: annId }, { person: ben, id: benId }]);
  assert.deepEqual((await names()).toSorted(), ["Ben", "Typed early"]);
});

browserTest("a page that is loaded again is back before its scripts are", async (stage) => {
  const { product, host, code } = await room(stage);
  const ann = await stage.chromium("Ann");
  const id = await visitAndJoin(ann, product, code);
  const release = await holdScripts(ann);
  const socket = ann.page.waitForEvent("websocket");
  await ann.page.reload({ waitUntil: "commit" });
  await (await socket).waitForEvent("framereceived");
  const present = await host.participants(code);
  assert.deepEqual(present.map((each) => [each.participant_id, each.is_online]), [[id, true]]);
  release();
  assert.equal(await inCall(ann), id);
});

browserTest("whoever turns back before the answer is there is not in the room", async (stage) => {
  const { product, host, code } = await room(stage);
  const ann = await stage.chromium("Ann");
  await visit(ann, product, code);
  const release = await holdScripts(ann);
  const answer = Promise.withResolvers<void>();
  await ann.page.route("**/join", async (route) => {
    const response = await route.fetch();
    await answer.promise;
    await route.fulfill({ response });
  });
  await ann.page.reload({ waitUntil: "commit" });
  await ann.page.locator(testid("lobby-join")).click();
  const isHere = async () => (await host.participants(code)).some(({ is_online }) => is_online);
  await until("Ann's socket is there", isHere);
  release();
  await ann.click("control-leave");
  await find(ann, "call-ended");
  answer.resolve();
  await until("nobody is there", async () => (await host.participants(code)).length === 0);
});

browserTest("whoever is refused before the page's scripts are there reads why", async (stage) => {
  const { product, host, code } = await room(stage);
  const ann = await stage.chromium("Ann");
  await visit(ann, product, code);
  const release = await holdScripts(ann);
  await ann.page.reload({ waitUntil: "commit" });
  await host.endRoom(code);
  const refused = ann.page.waitForResponse((response) => response.url().endsWith("/join"));
  await ann.page.locator(testid("lobby-join")).click();
  assert.equal((await refused).status(), 410);
  release();
  await find(ann, "call-ended");
  await stage.picture(ann, "refused_early");
});

browserTest("a reload during a call shows no lobby on the way", async (stage) => {
  const { product, code } = await room(stage);
  const ann = await stage.chromium("Ann");
  await visitAndJoin(ann, product, code);
  const address = await ann.url();
  const drawn = await (await ann.page.request.get(address)).text();
  assert.match(drawn, /data-testid="opening"/);
  assert.doesNotMatch(drawn, /data-testid="lobby"/);
  await ann.reload();
  await inCall(ann);
  await ann.click("control-leave");
  await find(ann, "call-ended");
  const after = await (await ann.page.request.get(address)).text();
  assert.match(after, /data-testid="lobby"/);
});

browserTest(
  "a part that does not load says so and offers a reload into the call",
  async (stage) => {
    const { product, code } = await room(stage);
    const ann = await stage.chromium("Ann");
    const id = await visitAndJoin(ann, product, code);
    // What a server that was replaced by a newer one answers.
    await ann.page.route("**/assets/PeoplePanel*", (route) => route.fulfill({ status: 404 }));
    await ann.click("control-people");
    await find(ann, "part-failed");
    await stage.picture(ann, "part_failed");
    assert.match(await ann.page.locator(testid("part-failed")).innerText(), /did not load/);
    await ann.page.unroute("**/assets/PeoplePanel*");
    await ann.click("part-reload");
    await ann.page.waitForEvent("load");
    assert.equal(await inCall(ann), id);
    await ann.click("control-people");
    await find(ann, "people-panel");
  },
);
