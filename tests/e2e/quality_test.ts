/** Pictures as large as they are looked at, sound before pictures, and true words about both. */
import assert from "node:assert/strict";
import type { MediaStream } from "../../lib/shared/protocol/streams.ts";
import { Api } from "../fixtures/api.ts";
import { pause, until } from "../fixtures/poll.ts";
import type { Product } from "../fixtures/product.ts";
import { SocketClient } from "../fixtures/socket_client.ts";
import type { ChromiumPerson } from "./harness/chromium.ts";
import { keepConnections } from "./harness/disobedience.ts";
import { testid } from "./harness/person.ts";
import { shownFrames } from "./harness/probes.ts";
import { hears, type Presence, sees, tile, tileVideo } from "./harness/senses.ts";
import { choke, makeChokable, type SentPicture, sentPictures } from "./harness/sending.ts";
import { browserTest, type Stage } from "./harness/stage.ts";
import { attribute, find, inCall, visitAndJoin } from "./harness/walks.ts";

const CAMERA = 1;
const SCREEN = 2;
const PATIENT = { timeoutMs: 30_000, everyMs: 200 };

interface Seat extends Presence {
  person: ChromiumPerson;
}

async function seat(stage: Stage, name: string, product: Product, code: string): Promise<Seat> {
  const person = await stage.chromium(name);
  await person.page.addInitScript(keepConnections);
  await person.page.addInitScript(makeChokable);
  return { person, id: await visitAndJoin(person, product, code) };
}

/** Waits until the one picture on this line is as the test wants it. */
function sends(
  { person }: Seat,
  what: string,
  wanted: (picture: SentPicture) => boolean,
  line = CAMERA,
): Promise<SentPicture> {
  return until(`${person.name} sends ${what}`, async () => {
    const [picture] = await person.eval(sentPictures, line);
    return picture !== undefined && wanted(picture) && picture;
  }, PATIENT);
}

const side = ({ width, height }: SentPicture) => Math.min(width, height);

/** Two taps: the sheet, then the choice. */
async function choose({ person }: Seat, choice: string): Promise<void> {
  await person.click("control-quality");
  await find(person, "quality-sheet");
  await person.click(`quality-${choice}`);
  await person.page.keyboard.press("Escape");
}

/** No further frame within a second, soon. */
async function standsStill(person: ChromiumPerson, selector: string): Promise<void> {
  await until(`${person.name}: ${selector} stands still`, async () => {
    const before = await person.eval(shownFrames, selector);
    await pause(1_000);
    return await person.eval(shownFrames, selector) === before;
  }, { timeoutMs: 20_000 });
}

browserTest(
  "a picture is as large as it is looked at, and as the person wants it",
  async (stage) => {
    const product = await stage.product();
    const { room_code: code } = await (await Api.signIn(product.origin, "Host")).createRoom();
    const ann = await seat(stage, "Ann", product, code);
    const ben = await seat(stage, "Ben", product, code);
    await sees(ann.person, ben.id);
    await sends(ben, "a large picture", (picture) => side(picture) >= 500);

    // A small window asks for less, and a screen share takes the place of the face.
    await ann.person.page.setViewportSize({ width: 420, height: 420 });
    await sends(ben, "a small picture", (picture) => side(picture) <= 360 && picture.width > 0);
    await ann.person.page.setViewportSize({ width: 1280, height: 800 });
    await sends(ben, "a large picture again", (picture) => side(picture) >= 500);
    await ben.person.click("control-screen");
    await sees(ann.person, ben.id, "screen");
    await sends(ben, "a legible screen", (picture) => side(picture) >= 500, SCREEN);
    await sends(ben, "a small face beside it", (picture) => side(picture) <= 270);
    await ben.person.click("control-screen");

    // The person's own limit holds, whatever the others would like, and is kept.
    await choose(ben, "180p");
    await sends(ben, "no more than 180p", (picture) => picture.active && side(picture) === 180);
    await ben.person.reload();
    await inCall(ben.person);
    await sees(ann.person, ben.id);
    await sends(ben, "180p after a reload", (picture) => side(picture) === 180);

    // Sound alone: nothing is shown, nothing is sent, and everybody knows.
    await choose(ann, "audio_only");
    await sends(ben, "no picture", ({ active }) => !active);
    await find(ann.person, "picture-paused");
    await until("Ben sees that Ann's camera is off", () =>
      ben.person.eval(
        (selector) => document.querySelector(selector)?.classList.contains("opacity-0"),
        tileVideo(ann.id),
      ));
    await hears(ann.person, ben.id);
    await choose(ann, "auto");
    await sees(ann.person, ben.id);
    await sees(ben.person, ann.id);
  },
  { timeoutMs: 120_000 },
);

browserTest("what the server says of streams and connections is so", async (stage) => {
  const product = await stage.product({ METRICS_TOKEN: "a-token-for-scraping" });
  const host = await Api.signIn(product.origin, "Host");
  const { room_code: code } = await host.createRoom();
  const ann = await seat(stage, "Ann", product, code);
  const ben = await seat(stage, "Ben", product, code);
  await sees(ben.person, ann.id);
  const row = async (type: MediaStream["stream_type"]) => {
    const rows = await host.call<MediaStream[]>("GET", `/video/rooms/${code}/streams`);
    return rows.find((each) => each.participant_id === ann.id && each.stream_type === type);
  };
  await until("the row tells the size that is sent", async () => {
    const picture = await sends(ann, "a large picture", (each) => side(each) >= 500);
    const told = await row("video");
    return told?.is_active === true && told.resolution === `${side(picture)}p`;
  }, PATIENT);
  await until("the row tells the rate that is sent", async () => {
    const [before] = await ann.person.eval(sentPictures, CAMERA);
    const from = performance.now();
    await pause(2_000);
    const [after] = await ann.person.eval(sentPictures, CAMERA);
    const kbps = ((after?.bytes ?? 0) - (before?.bytes ?? 0)) * 8 / (performance.now() - from);
    const told = (await row("video"))?.bitrate ?? 0;
    return kbps > 50 && Math.abs(told - kbps) < kbps * 0.4;
  }, { timeoutMs: 45_000 });
  assert.equal((await row("video"))?.quality, "auto");
  assert.equal((await row("audio"))?.is_active, true);

  await choose(ann, "180p");
  await until("the row follows", async () => {
    const told = await row("video");
    return told?.quality === "180p" && told.resolution === "180p";
  }, PATIENT);
  await ann.person.click("control-mic");
  await ann.person.click("control-camera");
  await until("what is off is told as off", async () => {
    const [audio, video] = [await row("audio"), await row("video")];
    return audio?.is_active === false && video?.is_active === false && video.bitrate === 0;
  }, PATIENT);

  const metrics = await until("a report has reached the metrics", async () => {
    const answer = await fetch(`${product.origin}/api/metrics/`, {
      headers: { authorization: "Bearer a-token-for-scraping" },
    });
    const text = await answer.text();
    return /videocall_link_rtt_seconds_count [1-9]/.test(text) && text;
  }, PATIENT);
  assert.match(metrics, /videocall_quality_links_total\{relayed="false"\} [1-9]/);

  // In words for everyone, in numbers for those who look.
  await until("Ben sees how Ann comes through", async () =>
    await attribute(ben.person, {
      selector: `${tile(ann.id)} ${testid("quality-mark")}`,
      name: "data-rating",
    }) === "good", PATIENT);
  await ben.person.click("control-quality");
  await find(ben.person, "quality-person");
  await ben.person.page.locator(`${testid("quality-numbers")} summary`).click();
  const sent = await ben.person.page.locator('[data-fact="picture-out"]').textContent();
  assert.match(sent ?? "", /^\d+×\d+, \d+ frames\/s, VP[89]$/);
  assert.match(
    await ben.person.page.locator('[data-fact="encryption"]').textContent() ?? "",
    /end-to-end/,
  );
  await stage.picture(ben.person, "quality_sheet_desktop");
}, { timeoutMs: 150_000 });

browserTest(
  "without room for a picture the sound goes on, both sides know, and it comes back",
  async (stage) => {
    const product = await stage.product();
    const { room_code: code } = await (await Api.signIn(product.origin, "Host")).createRoom();
    const ann = await seat(stage, "Ann", product, code);
    const ben = await seat(stage, "Ben", product, code);
    await sees(ben.person, ann.id);
    await ann.person.eval(choke, true);
    await find(ann.person, "weak-uplink", 30_000);
    await find(ben.person, "picture-paused", 30_000);
    await standsStill(ben.person, tileVideo(ann.id));
    await hears(ben.person, ann.id);
    await sees(ann.person, ben.id);
    await stage.picture(ann.person, "call_weak_uplink");
    await ann.person.eval(choke, false);
    await sees(ben.person, ann.id);
    await until(
      "nobody is told any more",
      async () =>
        await ann.person.page.locator(testid("weak-uplink")).count() === 0 &&
        await ben.person.page.locator(testid("picture-paused")).count() === 0,
      PATIENT,
    );
  },
  { timeoutMs: 120_000 },
);

browserTest("a large room shows a page of people at a time and says so", async (stage) => {
  const product = await stage.product();
  const owner = await Api.signIn(product.origin, "Host");
  const { room_code: code } = await owner.createRoom();
  await using crowd = new AsyncDisposableStack();
  const names = Array.from({ length: 9 }, (_, index) => `Guest ${index + 1}`);
  for (const name of names) {
    const capabilities = ["mesh-1", "e2ee-1"];
    const joined = await (await Api.signIn(product.origin, name)).join(code, { capabilities });
    crowd.use(await SocketClient.open(joined));
  }
  const ann = await stage.chromium("Ann", { phone: true });
  await visitAndJoin(ann, product, code);
  await find(ann, "pager");
  const people = () =>
    ann.page.locator(testid("tile")).evaluateAll((tiles) =>
      tiles.map((each) => Number((each as HTMLElement).dataset.participantId))
    );
  const first = await people();
  assert.ok(first.length >= 2 && first.length <= 6, `${first.length} on one page`);
  await until(
    "everybody would be heard",
    async () => await ann.page.locator('audio[data-kind="audio"]').count() === names.length,
  );
  await stage.picture(ann, "call_pages_phone");

  await ann.page.locator(testid("page-next")).tap();
  const second = await people();
  assert.ok(second.every((id) => !first.includes(id)), "other people on the second page");
  // Kept on the first page from now on.
  await ann.page.locator(`${tile(second[0]!)} ${testid("tile-pin")}`).tap();
  await ann.page.keyboard.press("PageUp");
  await until("the pinned person stands first", async () => (await people())[0] === second[0]);
  assert.deepEqual(
    await ann.eval(() => [
      document.documentElement.scrollWidth - innerWidth,
      document.documentElement.scrollHeight - innerHeight,
    ]),
    [0, 0],
  );
});
