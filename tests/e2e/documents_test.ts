/**
 * The documents' JavaScript (`fixtures/documents`), pasted into the console of a page of the
 * product as it stands. Around it there is only what the reader has to know anyway: the address of
 * the server and the room, a token and a user id, and for media the element that is to show them.
 * The complete sample client has a test of its own (`sample_client_test.ts`).
 */
import assert from "node:assert/strict";
import type { CDPSession } from "playwright-core";
import { Api } from "../fixtures/api.ts";
import { exampleUnder, pieces } from "../fixtures/documents.ts";
import { until } from "../fixtures/poll.ts";
import type { Product } from "../fixtures/product.ts";
import { SocketClient } from "../fixtures/socket_client.ts";
import type { ChromiumPerson } from "./harness/chromium.ts";
import { hears, sees, seesVideo } from "./harness/senses.ts";
import { browserTest, type Stage } from "./harness/stage.ts";
import { visitAndJoin } from "./harness/walks.ts";

const script = (heading: string) =>
  exampleUnder("video-api.ru", { heading, language: "javascript" });

/** The console of a page: `await` and `const` as people who paste there are used to. */
class Console {
  readonly #session: CDPSession;

  private constructor(session: CDPSession) {
    this.#session = session;
  }

  static async of(person: ChromiumPerson): Promise<Console> {
    return new Console(await person.page.context().newCDPSession(person.page));
  }

  /** @throws Error with what the console would show in red */
  async paste(expression: string): Promise<unknown> {
    const { result, exceptionDetails } = await this.#session.send("Runtime.evaluate", {
      expression,
      replMode: true,
      awaitPromise: true,
      returnByValue: true,
    });
    if (exceptionDetails === undefined) return result.value;
    throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  }
}

interface Scene {
  product: Product;
  host: Api;
  code: string;
  reader: ChromiumPerson;
  console: Console;
  /** Puts in the server, the room and the user, and nothing else. */
  located(text: string): string;
}

/** Somebody who has read the documents, joined a room, and opened the console. */
async function setScene(stage: Stage): Promise<Scene> {
  const product = await stage.product();
  const host = await Api.signIn(product.origin, "Host");
  const { room_code: code } = await host.createRoom();
  const reader = await stage.chromium("Reader");
  await reader.open(product.origin);
  const console = await Console.of(reader);
  const me = await Api.signIn(product.origin, "Reader");
  await console.paste(`var token = ${JSON.stringify(me.token)}, user_id = ${me.user.user_id}`);
  const server = new URL(product.origin).host;
  const located = (text: string) =>
    text.replace("localhost:8000", server).replace("ABC12345/1", `${code}/${me.user.user_id}`);
  return { product, host, code, reader, console, located };
}

/** By REST, with the token: what the documents do before they connect. */
async function joinByToken({ console, code }: Scene): Promise<number> {
  const joined = await console.paste(`(await (await fetch("/video/rooms/${code}/join", {
    method: "POST", headers: { Authorization: "Bearer " + token } })).json()).participant_id`);
  return Number(joined);
}

const OPENED =
  "ws.readyState === 1 || await new Promise((resolve) => ws.addEventListener('open', resolve))";

async function witnessOf({ host, code }: Scene): Promise<SocketClient> {
  const witness = await SocketClient.open(await host.join(code));
  await witness.take("room_state");
  return witness;
}

browserTest("creating a room, joining and connecting", async (stage) => {
  const scene = await setScene(stage);
  const { reader, console, located } = scene;
  await console.paste(located(await script("Создание комнаты и присоединение")));
  await console.paste(OPENED);
  assert.equal(await console.paste("ws.readyState"), 1);
  const said = reader.console.join("\n");
  assert.match(said, /Комната создана: [0-9A-Z]{8}/);
  assert.match(said, /Присоединились как участник: \d+/);
});

browserTest("the socket's commands", async (stage) => {
  const scene = await setScene(stage);
  await using witness = await witnessOf(scene);
  const id = await joinByToken(scene);
  // A socket that has just been made cannot send yet, so nobody gets through pasting all at once.
  const [connect = "", ...commands] = pieces(
    scene.located(await script("Подключение к видеоконференции")),
  );
  await scene.console.paste(connect);
  await scene.console.paste(OPENED);
  await witness.take("participant_joined");
  await scene.console.paste(`var heard = []; ws.onmessage = (e) => heard.push(JSON.parse(e.data))`);
  for (const command of commands) await scene.console.paste(command);

  const states = [];
  for (let count = 0; count < 3; count++) {
    const { data } = await witness.take("participant_updated");
    assert.equal(data.participant_id, id);
    states.push([data.is_muted, data.is_video_enabled, data.is_screen_sharing]);
  }
  // `mute-video: false` changes nothing: the camera was on.
  assert.deepEqual(states, [[true, true, false], [true, true, true], [true, true, false]]);

  // Three dots are no session description: refused in words, and the call goes on.
  const candidate = await witness.take("ice-candidate");
  assert.equal(candidate.from, id);
  assert.equal(candidate.data.candidate, "...");
  const refused = await until(
    "the offer is refused",
    () => scene.console.paste(`heard.find(({ type }) => type === "error")`),
  ) as { data: unknown };
  assert.equal((refused.data as { error_code: string }).error_code, "VALIDATION_ERROR");
  assert.equal(await scene.console.paste("ws.readyState"), 1);
});

browserTest("notifications", async (stage) => {
  const scene = await setScene(stage);
  await joinByToken(scene);
  const connect = pieces(scene.located(await script("Подключение к видеоконференции")))[0]!;
  await scene.console.paste(connect);
  await scene.console.paste(OPENED);
  await scene.console.paste(await script("WebSocket уведомления"));
  const witness = await witnessOf(scene);
  const says = (words: string) =>
    until(words, () => scene.reader.console.some((line) => line.includes(words)));
  await says("Участник присоединился:");
  witness.send({ type: "leave" });
  await says("Участник покинул:");
  await witness.closed;
});

browserTest("WebRTC by hand, with somebody in the web app", async (stage) => {
  const scene = await setScene(stage);
  const { reader, console } = scene;
  const app = await stage.chromium("Ann");
  await visitAndJoin(app, scene.product, scene.code);
  const [offer = "", answer = ""] = handling(await script("Обработка сигналов"));
  // `await` in a function that is not `async`: no browser ever took this piece as it stands.
  await assert.rejects(console.paste(answer), /SyntaxError/);
  const id = await prepareByHand(scene);
  await console.paste(answer.replace("= (event) =>", "= async (event) =>"));
  await console.paste(offer);
  await Promise.all([sees(app, id), hears(app, id), seesVideo(reader, "#remoteVideo")]);
});

/** Pasted one after the other, before anybody else is there: the reader offers to an empty room. */
browserTest("WebRTC by hand, and the web app comes second", async (stage) => {
  const scene = await setScene(stage);
  const id = await prepareByHand(scene);
  const [offer = "", answer = ""] = handling(await script("Обработка сигналов"));
  await scene.console.paste(offer);
  await scene.console.paste(answer.replace("= (event) =>", "= async (event) =>"));
  const app = await stage.chromium("Ann");
  await visitAndJoin(app, scene.product, scene.code);
  await Promise.all([sees(app, id), hears(app, id), seesVideo(scene.reader, "#remoteVideo")]);
});

browserTest("WebRTC by hand, and both offer", async (stage) => {
  const scene = await setScene(stage);
  const id = await prepareByHand(scene);
  const { console } = scene;
  await console.paste(`var offers = 0;
    ws.addEventListener("message", ({ data }) => JSON.parse(data).type === "offer" && offers++)`);
  const app = await stage.chromium("Ann");
  await visitAndJoin(app, scene.product, scene.code);
  await until("the web app offers", () => console.paste("offers > 0"));
  // These lines take answers only: the web app has to give way.
  const [offer = "", answer = ""] = handling(await script("Обработка сигналов"));
  await console.paste(answer.replace("= (event) =>", "= async (event) =>"));
  await console.paste(offer);
  await Promise.all([sees(app, id), hears(app, id), seesVideo(scene.reader, "#remoteVideo")]);
});

/** As the documents tell it: a connection with tracks, a place in the room, an open socket. */
async function prepareByHand(scene: Scene): Promise<number> {
  const { console, located } = scene;
  await console.paste(`document.body.innerHTML = '<video id="remoteVideo" autoplay></video>'`);
  await console.paste(await script("Инициализация WebRTC"));
  const id = await joinByToken(scene);
  await console.paste(pieces(located(await script("Подключение к видеоконференции")))[0]!);
  await console.paste(OPENED);
  return id;
}

/** The two parts of that example, each with its comment. */
function handling(text: string): string[] {
  const second = text.indexOf("// Обработка answer");
  return [text.slice(0, second), text.slice(second)];
}
