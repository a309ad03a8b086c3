/**
 * Stock PeerJS in a call with the web app. The page is that of docs/protocol.md, "PeerJS", to the
 * letter; only the server's address in it is replaced on the way to the browser.
 */
import assert from "node:assert/strict";
import { Api } from "../fixtures/api.ts";
import { until } from "../fixtures/poll.ts";
import type { Product } from "../fixtures/product.ts";
import type { ChromiumPerson } from "./harness/chromium.ts";
import { actForSure, become } from "./harness/moderating.ts";
import {
  everyoneMeets,
  hears,
  hearsElement,
  type Presence,
  sees,
  seesVideo,
  tile,
  tilesAre,
} from "./harness/senses.ts";
import { browserTest, type Stage } from "./harness/stage.ts";
import { find, join, visitAndJoin } from "./harness/walks.ts";

const root = new URL("../../", import.meta.url);
const chapter =
  (await Deno.readTextFile(new URL("docs/protocol.md", root))).split("\n## PeerJS")[1];
const PAGE = /```html\n([\s\S]*?)```/.exec(chapter ?? "")?.[1] ?? "";
const LIBRARY = await Deno.readTextFile(
  new URL("node_modules/peerjs/dist/peerjs.min.js", root),
);

/** What the page's own script defines. */
declare const enter: (room: string, token: string) => Promise<{ participant_id: number }>;
declare const fail: (problem: Error) => void;

interface Scene {
  stage: Stage;
  product: Product;
  host: Api;
  code: string;
}

async function setScene(stage: Stage, wish = {}): Promise<Scene> {
  const product = await stage.product();
  const host = await Api.signIn(product.origin, "Host");
  const { room_code: code } = await host.createRoom(wish);
  return { stage, product, host, code };
}

/** Opens the page on the product's origin and enters; the id is 0 when the room refuses. */
async function enterWithPeerJs(scene: Scene, name: string): Promise<Presence> {
  const { stage, product, code } = scene;
  const person = await stage.chromium(name);
  const { token } = await Api.signIn(product.origin, name);
  const address = `${product.origin}/peerjs-page/`;
  const body = PAGE.replace("http://localhost:8000", product.origin);
  assert.notEqual(body, PAGE);
  await person.page.context().grantPermissions(["local-network-access", "camera", "microphone"]);
  await person.page.route(address, (route) => route.fulfill({ contentType: "text/html", body }));
  await person.page.route(
    `${address}peerjs.min.js`,
    (route) => route.fulfill({ contentType: "text/javascript", body: LIBRARY }),
  );
  await person.open(address);
  const id = await person.eval(
    async ({ code, token }: { code: string; token: string }) => {
      const me = await enter(code, token).catch(fail);
      return me?.participant_id ?? 0;
    },
    { code, token },
  );
  return { person, id };
}

function video({ code }: Scene, { id }: { id: number }): string {
  return `video[data-peer="${code}-${id}"]`;
}

/** The PeerJS page sees and hears somebody, and is seen and heard in the web app. */
async function meets(scene: Scene, peer: Presence, app: Presence): Promise<void> {
  await Promise.all([sees(app.person, peer.id), seesVideo(peer.person, video(scene, app))]);
  await Promise.all([
    hears(app.person, peer.id),
    hearsElement(peer.person, video(scene, app)),
  ]);
}

async function enterApp(
  scene: Scene,
  name: string,
): Promise<Presence & { person: ChromiumPerson }> {
  const person = await scene.stage.chromium(name);
  return { person, id: await visitAndJoin(person, scene.product, scene.code) };
}

browserTest("people in the web app call a PeerJS client that is there first", async (stage) => {
  const scene = await setScene(stage);
  const peer = await enterWithPeerJs(scene, "Paul");
  const host = await stage.chromium("Host");
  await become(host, scene.product, scene.host);
  await visitAsHost(host, scene);
  const ann = { person: host, id: await join(host) };
  const ben = await enterApp(scene, "Ben");
  await everyoneMeets([ann, ben]);
  await meets(scene, peer, ann);
  await meets(scene, peer, ben);

  // No frame is encrypted end to end there, and everyone is told.
  const said = await host.page.locator(tile(peer.id)).innerText();
  assert.match(said, /not end-to-end encrypted/i);
  await stage.picture(host, "call_with_peerjs");

  await actForSure(host, peer.id, "remove");
  await tilesAre(host, [`${ben.id}:camera`]);
  await tilesAre(ben.person, [`${ann.id}:camera`]);
  await until(
    "the PeerJS client hears why",
    () => peer.person.eval(() => document.getElementById("problem")?.textContent === "removed"),
  );
}, { timeoutMs: 120_000 });

browserTest("PeerJS clients call people in the web app, and each other", async (stage) => {
  const scene = await setScene(stage);
  const ann = await enterApp(scene, "Ann");
  const paul = await enterWithPeerJs(scene, "Paul");
  await meets(scene, paul, ann);
  const rosa = await enterWithPeerJs(scene, "Rosa");
  await meets(scene, rosa, ann);
  await Promise.all([
    seesVideo(paul.person, video(scene, rosa)),
    seesVideo(rosa.person, video(scene, paul)),
  ]);
  await Promise.all([
    hearsElement(paul.person, video(scene, rosa)),
    hearsElement(rosa.person, video(scene, paul)),
    meets(scene, paul, ann),
  ]);
  // One call with each, whoever began.
  const videos = await paul.person.eval(() => document.querySelectorAll("[data-peer]").length);
  assert.equal(videos, 2);

  await rosa.person.open("about:blank");
  await tilesAre(ann.person, [`${paul.id}:camera`]);
  await sees(ann.person, paul.id);
}, { timeoutMs: 120_000 });

browserTest("a room that demands encryption refuses PeerJS in words", async (stage) => {
  const scene = await setScene(stage, { e2ee_required: true });
  const ann = await enterApp(scene, "Ann");
  const { person } = await enterWithPeerJs(scene, "Paul");
  await until(
    "the refusal",
    () => person.eval(() => /encrypt/.test(document.getElementById("problem")?.textContent ?? "")),
  );
  await tilesAre(ann.person, []);
});

/** As the maker of the room, whose session the browser holds already. */
async function visitAsHost(person: ChromiumPerson, { product, code }: Scene): Promise<void> {
  await person.open(`${product.origin}/video/room/${code}`);
  await find(person, "lobby");
}
