/**
 * The documents' complete sample client (video-api.ru.md, "Полный пример клиента") in a call with
 * the web app. It is taken out of the document to the letter; only the server's address in it is
 * replaced on the way to the browser.
 */
import { Api } from "../fixtures/api.ts";
import type { ChromiumPerson } from "./harness/chromium.ts";
import { joinSample, openSample } from "./harness/sample_client.ts";
import { hears, hearsElement, sees, seesVideo, tilesAre } from "./harness/senses.ts";
import { browserTest, type Stage } from "./harness/stage.ts";
import { visitAndJoin } from "./harness/walks.ts";

interface Meeting {
  app: ChromiumPerson;
  appId: number;
  sample: ChromiumPerson;
  sampleId: number;
}

async function bothWays({ app, sample, sampleId }: Meeting): Promise<void> {
  await Promise.all([sees(app, sampleId), seesVideo(sample, "#remoteVideo")]);
  await Promise.all([hears(app, sampleId), hearsElement(sample, "#remoteVideo")]);
}

async function prepare(stage: Stage) {
  const product = await stage.product();
  const host = await Api.signIn(product.origin, "Host");
  const { room_code: code } = await host.createRoom();
  const sample = await stage.chromium("Sample");
  await openSample(sample, product);
  return { product, code, sample };
}

browserTest("the sample client is there first, the web app joins", async (stage) => {
  const { product, code, sample } = await prepare(stage);
  const sampleId = await joinSample(sample, code);
  const app = await stage.chromium("Ann");
  const appId = await visitAndJoin(app, product, code);
  await bothWays({ app, appId, sample, sampleId });
});

browserTest("the web app is there first, the sample client joins", async (stage) => {
  const { product, code, sample } = await prepare(stage);
  const app = await stage.chromium("Ann");
  const appId = await visitAndJoin(app, product, code);
  const sampleId = await joinSample(sample, code);
  await bothWays({ app, appId, sample, sampleId });
  await stage.picture(app, "call_with_sample_client");

  // Its buttons work on tracks, without a word to the server: the app must cope.
  await sample.page.click("#muteBtn");
  await sample.page.click("#videoBtn");
  await sample.page.click("#videoBtn");
  await sees(app, sampleId);
  await sample.page.close();
  await tilesAre(app, []);
});
