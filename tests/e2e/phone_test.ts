/** A phone in one hand: two taps from the link to the call, nothing scrolls. */
import assert from "node:assert/strict";
import { Api } from "../fixtures/api.ts";
import type { ChromiumPerson } from "./harness/chromium.ts";
import { testid } from "./harness/person.ts";
import { everyoneMeets } from "./harness/senses.ts";
import { browserTest } from "./harness/stage.ts";
import { find, inCall, visitAndJoin } from "./harness/walks.ts";

/** Neither the page nor anything around it can be scrolled, and every control is on the screen. */
async function fitsTheScreen(person: ChromiumPerson): Promise<void> {
  const page = await person.eval(() => ({
    width: document.documentElement.scrollWidth - innerWidth,
    height: document.documentElement.scrollHeight - innerHeight,
    outside: [...document.querySelectorAll<HTMLElement>("button, input, select")]
      .map((element) => ({
        name: element.dataset.testid ?? "",
        box: element.getBoundingClientRect(),
      }))
      .filter(({ box }) => box.width > 0)
      .filter(({ box }) => box.right > innerWidth + 1 || box.bottom > innerHeight + 1)
      .map(({ name }) => name),
  }));
  assert.deepEqual(page, { width: 0, height: 0, outside: [] });
}

browserTest("by a guest link into the call with two taps, without scrolling", async (stage) => {
  const product = await stage.product();
  const host = await Api.signIn(product.origin, "Host");
  const { room_code: code } = await host.createRoom({ room_name: "Family" });
  const link = await host.guestUrl(code, { user_name: "Mum" });
  const ann = await stage.chromium("Ann");
  const annId = await visitAndJoin(ann, product, code);

  const mum = await stage.chromium("Mum", { phone: true });
  await mum.open(link); // the first tap: on the link
  await find(mum, "lobby");
  await stage.picture(mum, "lobby_phone");
  await fitsTheScreen(mum);
  await mum.page.locator(testid("lobby-join")).tap(); // the second
  const mumId = await inCall(mum);
  await everyoneMeets([{ person: ann, id: annId }, { person: mum, id: mumId }]);
  await fitsTheScreen(mum);
  await stage.picture(mum, "call_phone");
  await mum.page.locator(testid("control-mic")).tap();
  await mum.page.getByRole("button", { name: "Unmute microphone" }).waitFor();
});

browserTest("a small phone on its side still has every control", async (stage) => {
  const product = await stage.product();
  const host = await Api.signIn(product.origin, "Host");
  const { room_code: code } = await host.createRoom();
  const ann = await stage.chromium("Ann", {
    phone: true,
    viewport: { width: 667, height: 375 },
    dark: true,
  });
  await visitAndJoin(ann, product, code);
  await fitsTheScreen(ann);
  await stage.picture(ann, "call_phone_landscape_dark");
});

/** Headless browsers have no system dialog: what would be handed to it is kept. */
function keepShared(): void {
  const shared: ShareData[] = [];
  Object.assign(globalThis, { __shared: shared });
  const share = (data: ShareData) => Promise.resolve(void shared.push(data));
  Object.defineProperty(Navigator.prototype, "share", { value: share, configurable: true });
}

browserTest("the link goes out by the phone's own dialog", async (stage) => {
  const product = await stage.product();
  const host = await Api.signIn(product.origin, "Host");
  const { room_code: code } = await host.createRoom({ room_name: "Family" });
  const ann = await stage.chromium("Ann", { phone: true });
  await ann.page.addInitScript(keepShared);
  await visitAndJoin(ann, product, code);
  await ann.page.locator(testid("control-share")).tap();
  await ann.page.locator(testid("share-send")).tap();
  const shared = await ann.eval(() =>
    (globalThis as unknown as { __shared: ShareData[] }).__shared
  );
  assert.equal(shared.length, 1);
  assert.match(shared[0]?.text ?? "", /Family/);
  // Without the right to invite guests that is the room's address.
  assert.equal(shared[0]?.url, `${product.origin}/video/room/${code}`);
});
