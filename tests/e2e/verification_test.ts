/** How people make sure that nobody is in between: by the link, and by comparing codes. */
import assert from "node:assert/strict";
import { readFragment } from "../../lib/client/e2ee/room_secret.ts";
import { testid } from "./harness/person.ts";
import {
  alarmAbout,
  callIs,
  closeView,
  isProtected,
  isVerified,
  openCode,
} from "./harness/protection.ts";
import { sees } from "./harness/senses.ts";
import { browserTest } from "./harness/stage.ts";
import { createRoom, enterByLink, invite, join, signIn, visitAndJoin } from "./harness/walks.ts";

browserTest(
  "who has the link is verified by it; who came by the code compares, and gets its secret",
  async (stage) => {
    const product = await stage.product();
    const ann = await stage.chromium("Ann");
    await signIn(ann, product);
    const code = await createRoom(ann);
    const annId = await join(ann);
    const link = await invite(ann);
    const bea = await stage.chromium("Bea");
    const beaId = await enterByLink(bea, link);
    await isVerified(ann, beaId, "link");
    await isVerified(bea, annId, "link");
    await callIs(ann, "verified");

    const cat = await stage.chromium("Cat", { phone: true });
    const catId = await visitAndJoin(cat, product, code);
    await isVerified(ann, catId, "no");
    await isVerified(cat, annId, "no");
    await callIs(ann, "encrypted");

    const shown = await openCode(ann, catId);
    assert.match(shown, /^\d+( \d+){6}$/);
    assert.equal(await openCode(cat, annId), shown);
    await stage.picture(ann, "verification_code");
    await stage.picture(cat, "verification_code_phone");
    await ann.click("codes-match");
    await isVerified(ann, catId, "code");
    await cat.page.locator(testid("they-compared")).waitFor();
    await cat.click("codes-match");

    // Both have compared: Cat gets the secret, and is verified for everybody who has it.
    await isVerified(cat, annId, "link");
    await isVerified(ann, catId, "link");
    await isVerified(bea, catId, "link");
    await isVerified(cat, beaId, "link");
    await callIs(ann, "verified");
    await stage.picture(ann, "verification_done");
    await closeView(ann);
    await closeView(cat);
    // A link that Cat makes carries it on.
    const secretOf = (url: string) => readFragment(new URL(url).hash).secret;
    assert.ok(secretOf(link));
    assert.equal(secretOf(await invite(cat)), secretOf(link));

    // Codes that differ mean somebody in between: nothing goes there before the person says so.
    await openCode(bea, catId);
    await bea.click("codes-differ");
    await isProtected(bea, catId, "failed");
    assert.match(await alarmAbout(bea, catId), /Cat/);
    await bea.click("encryption-retry");
    await isVerified(bea, catId, "link");
    await closeView(bea);
    await sees(bea, catId);
  },
  { timeoutMs: 120_000 },
);
