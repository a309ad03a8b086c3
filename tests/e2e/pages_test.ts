/**
 * Every page in every dress: nothing sticks out to the side, the browser has nothing to complain
 * about (scripts, content security policy, missing files), and a picture of each is kept.
 */
import assert from "node:assert/strict";
import { Api } from "../fixtures/api.ts";
import type { ChromiumPerson } from "./harness/chromium.ts";
import type { PersonOptions } from "./harness/person.ts";
import { sees } from "./harness/senses.ts";
import { browserTest, type Stage } from "./harness/stage.ts";
import { find, join, signIn, visitAndJoin } from "./harness/walks.ts";

const DESKTOP = { viewport: { width: 1440, height: 900 } };
const DRESSES: Record<string, PersonOptions> = {
  desktop_light: DESKTOP,
  desktop_dark: { ...DESKTOP, dark: true },
  phone_light: { phone: true },
  phone_dark: { phone: true, dark: true },
};

async function look(stage: Stage, person: ChromiumPerson, label: string): Promise<void> {
  const sideways = await person.eval(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(sideways <= 0, `${label} can be scrolled sideways by ${sideways} px`);
  await stage.picture(person, label);
}

for (const [dress, options] of Object.entries(DRESSES)) {
  browserTest(`all pages, ${dress.replace("_", ", ")}`, async (stage) => {
    const product = await stage.product();
    const host = await Api.signIn(product.origin, "Host");
    const { room_code: code } = await host.createRoom({ room_name: "Weekly catch-up" });
    const ann = await stage.chromium("Ann", options);
    await ann.open(`${product.origin}/`);
    await find(ann, "signin-form");
    await look(stage, ann, `sign_in_${dress}`);
    await signIn(ann, product);
    await look(stage, ann, `home_${dress}`);

    const ben = await stage.chromium("Ben");
    const benId = await visitAndJoin(ben, product, code);
    await ann.open(`${product.origin}/video/room/${code}`);
    await find(ann, "lobby");
    await look(stage, ann, `lobby_${dress}`);
    await join(ann);
    await sees(ann, benId);
    await look(stage, ann, `call_${dress}`);
    await ann.click("control-share");
    await find(ann, "share-link");
    await look(stage, ann, `invite_${dress}`);
    await ann.page.keyboard.press("Escape");
    await ann.click("control-leave");
    await find(ann, "call-ended");
    await look(stage, ann, `ended_${dress}`);
    assert.deepEqual(ann.complaints, []);
  });
}
