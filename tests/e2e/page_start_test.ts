/** Pages whose script is late, was there before, or is not there any more. */
import assert from "node:assert/strict";
import { Api } from "../fixtures/api.ts";
import { testid } from "./harness/person.ts";
import { browserTest, type Stage } from "./harness/stage.ts";
import { find, inCall, visitAndJoin } from "./harness/walks.ts";

async function room(stage: Stage) {
  const product = await stage.product();
  const host = await Api.signIn(product.origin, "Host");
  const { room_code: code } = await host.createRoom();
  return { product, host, code };
}

browserTest("a tap on Join before the script is there loses and reloads nothing", async (stage) => {
  const { host, code } = await room(stage);
  const ann = await stage.chromium("Ann");
  await ann.open(await host.guestUrl(code, { user_name: "A" }));
  await find(ann, "lobby");
  const address = await ann.url();
  const late = Promise.withResolvers<void>();
  await ann.page.route("**/assets/**/*.js", async (route) => {
    await late.promise;
    await route.continue();
  });
  await ann.page.reload({ waitUntil: "commit" });
  const button = ann.page.locator(testid("lobby-join"));
  await button.waitFor();
  assert.equal(await button.isDisabled(), true);
  assert.equal(await button.getAttribute("aria-busy"), "true");
  const name = ann.page.locator(testid("lobby-name"));
  await name.fill("Typed early");
  await name.press("Enter");
  await button.click({ force: true });
  assert.equal(await ann.url(), address);
  late.resolve();
  await ann.page.locator(`${testid("lobby-join")}:enabled`).waitFor();
  assert.equal(await name.inputValue(), "Typed early");
  await button.click();
  await inCall(ann);
  const people = await host.participants(code);
  assert.deepEqual(people.map((each) => each.user_name), ["Typed early"]);
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
