/** On a slow line people type their password and press Enter before the scripts are there. */
import assert from "node:assert/strict";
import { ACCESS_PASSWORD } from "../fixtures/product.ts";
import type { ChromiumPerson } from "./harness/chromium.ts";
import { testid } from "./harness/person.ts";
import { browserTest } from "./harness/stage.ts";
import { find } from "./harness/walks.ts";

/** Holds every script back until `release` is called; remembers every address asked for. */
async function holdScripts(person: ChromiumPerson) {
  const held = Promise.withResolvers<void>();
  const addresses: string[] = [];
  person.page.on("request", (request) => addresses.push(request.url()));
  await person.page.route(/\.js$/, async (route) => {
    await held.promise;
    await route.continue();
  });
  return { addresses, release: held.resolve };
}

browserTest(
  "signing in before the scripts arrive: nothing leaks, nothing is lost",
  async (stage) => {
    const product = await stage.product();
    const ann = await stage.chromium("Ann");
    const { addresses, release } = await holdScripts(ann);
    await ann.page.goto(`${product.origin}/`, { waitUntil: "commit" });
    await ann.type("signin-name", "Ann");
    await ann.type("signin-password", ACCESS_PASSWORD);
    await ann.page.keyboard.press("Enter");
    await ann.page.locator(testid("signin-submit")).click({ force: true, noWaitAfter: true });
    release();
    await ann.click("signin-submit");
    await find(ann, "create-room-form");
    assert.deepEqual(addresses.filter((address) => address.includes(ACCESS_PASSWORD)), []);
  },
);
