/**
 * The documents' complete sample client (video-api.ru.md, "Полный пример клиента") in a call with
 * the web app. It is taken out of the document to the letter; only the server's address in it is
 * replaced on the way to the browser.
 */
import assert from "node:assert/strict";
import { Api } from "../fixtures/api.ts";
import { examplesIn } from "../fixtures/documents.ts";
import { until } from "../fixtures/poll.ts";
import { ACCESS_PASSWORD, type Product } from "../fixtures/product.ts";
import type { ChromiumPerson } from "./harness/chromium.ts";
import { hears, hearsElement, sees, seesVideo, tilesAre } from "./harness/senses.ts";
import { browserTest, type Stage } from "./harness/stage.ts";
import { visitAndJoin } from "./harness/walks.ts";

const [SAMPLE = "", ...others] = (await examplesIn("video-api.ru"))
  .filter(({ language }) => language === "html").map(({ text }) => text);
assert.deepEqual(others, []);

/** What the sample's own script defines. */
declare const connectWebSocket: (roomCode: string, userId: number) => void;
declare const pc: RTCPeerConnection | undefined;
declare const ws: WebSocket | undefined;

/** Opens the sample on the product's origin; resolves when its devices and connection are ready. */
async function openSample(person: ChromiumPerson, product: Product): Promise<void> {
  const address = `${product.origin}/sample-client.html`;
  const body = SAMPLE.replace("localhost:8000", new URL(product.origin).host);
  assert.notEqual(body, SAMPLE);
  // A page that the test itself answers counts as foreign to this machine's network.
  await person.page.context().grantPermissions(["local-network-access"]);
  await person.page.route(address, (route) => route.fulfill({ contentType: "text/html", body }));
  await person.open(address);
  await until(
    "the sample client is ready",
    () => person.eval(() => pc !== undefined && pc.getSenders().length === 2),
  );
}

interface Entry {
  code: string;
  password: string;
  userName: string;
}

/** As the documents' examples do it: join by REST, then connect; here with the cookie's session. */
async function joinSample(person: ChromiumPerson, code: string): Promise<number> {
  const entry: Entry = { code, password: ACCESS_PASSWORD, userName: person.name };
  return await person.eval(async ({ code, password, userName }: Entry) => {
    const post = (path: string, body?: unknown) =>
      fetch(path, {
        method: "POST",
        headers: { "content-type": "application/json" },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }).then((answer) => answer.json());
    const { user } = await post("/api/auth/login", { password, user_name: userName });
    const participant = await post(`/video/rooms/${code}/join`);
    connectWebSocket(code, user.user_id);
    await new Promise((resolve) => ws?.addEventListener("open", resolve));
    return participant.participant_id;
  }, entry);
}

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
