/** Recordings in real browsers: everyone sees that one runs; hosts and administrators watch it. */
import assert from "node:assert/strict";
import type { Recording, RecordingTicket } from "../../lib/shared/protocol/recordings.ts";
import { Api } from "../fixtures/api.ts";
import { until } from "../fixtures/poll.ts";
import { ACCESS_PASSWORD, type Product } from "../fixtures/product.ts";
import { FILM_URL, THUMBNAIL_URL, TusClient } from "../fixtures/tus_client.ts";
import type { ChromiumPerson } from "./harness/chromium.ts";
import { testid } from "./harness/person.ts";
import { browserTest } from "./harness/stage.ts";
import { enterByLink, find, visitAndJoin } from "./harness/walks.ts";

const ADMIN_PASSWORD = "runs-this-server";

/** A program that records and uploads. */
async function record(product: Product, host: Api, code: string): Promise<number> {
  const recording = `/video/rooms/${code}/recording`;
  const { recording_id } = await host.call<RecordingTicket>("POST", `${recording}/start`);
  await host.call("POST", `${recording}/stop`);
  const client = new TusClient(product.origin, host.token);
  const picture = await Deno.readFile(THUMBNAIL_URL);
  await client.upload(recording_id, { bytes: picture, type: "image/jpeg" });
  await client.upload(recording_id, { bytes: await Deno.readFile(FILM_URL) });
  return recording_id;
}

interface Playing {
  time: number;
  frames: number;
  width: number;
}

/** Time passes, frames are decoded, and there is a picture. */
async function plays(person: ChromiumPerson): Promise<void> {
  const look = () =>
    person.eval((selector): Playing | null => {
      const video = document.querySelector<HTMLVideoElement>(selector);
      if (video === null) return null;
      const frames = video.getVideoPlaybackQuality().totalVideoFrames;
      return { time: video.currentTime, frames, width: video.videoWidth };
    }, testid("recording-player"));
  await until("the recording plays", async () => {
    const now = await look();
    return now !== null && now.time > 0.5 && now.frames >= 5 && now.width === 160;
  }, { timeoutMs: 30_000 });
  assert.equal(await person.page.locator(testid("recording-player-failed")).count(), 0);
}

const fits = (person: ChromiumPerson) =>
  person.eval(() => document.documentElement.scrollWidth <= innerWidth);

browserTest(
  "everyone sees that the call is recorded, and by whom, whenever they come",
  async (stage) => {
    const product = await stage.product();
    const host = await Api.signIn(product.origin, "Recorder");
    const { room_code: code } = await host.createRoom();
    const link = await host.guestUrl(code);
    const ann = await stage.chromium("Ann");
    await visitAndJoin(ann, product, code);
    assert.equal(await ann.page.locator(testid("recording-sign")).count(), 0);
    await host.call("POST", `/video/rooms/${code}/recording/start`);
    const signOf = (person: ChromiumPerson) => person.page.locator(testid("recording-sign"));
    await signOf(ann).waitFor();
    assert.equal(await signOf(ann).innerText(), "Recorder is recording this call");

    const ben = await stage.chromium("Ben", { phone: true, locale: "ru-RU" });
    await enterByLink(ben, link);
    await signOf(ben).waitFor();
    assert.equal(await signOf(ben).innerText(), "Этот звонок записывает Recorder");
    assert.ok(await fits(ben));
    await stage.picture(ben, "recording_sign_phone");
    await stage.picture(ann, "recording_sign_desktop");
    await host.call("POST", `/video/rooms/${code}/recording/stop`);
    for (const person of [ann, ben]) await signOf(person).waitFor({ state: "detached" });
  },
);

browserTest("a host finds, watches, saves and deletes a recording on a phone", async (stage) => {
  const product = await stage.product();
  const hanna = await stage.chromium("Hanna", { phone: true });
  await hanna.open(`${product.origin}/recordings`);
  await hanna.page.waitForURL(/\/login\?next=/);
  await hanna.type("signin-name", "Hanna");
  await hanna.type("signin-password", ACCESS_PASSWORD);
  await hanna.click("signin-submit");
  await find(hanna, "recordings-none");
  await hanna.open(product.origin);
  assert.equal(await hanna.page.locator(testid("recordings-link")).count(), 0);
  const host = await Api.of(product.origin, await sessionOf(hanna));
  const { room_code: code } = await host.createRoom({
    room_name: "A rather long name of a room, in which somebody talks about this and that",
  });
  const id = await record(product, host, code);

  await hanna.reload();
  await hanna.click("recordings-link");
  await find(hanna, "recording-row");
  await stage.picture(hanna, "recordings_phone");
  assert.ok(await fits(hanna));
  await hanna.click("recording-play");
  await plays(hanna);
  assert.ok(await fits(hanna));
  await stage.picture(hanna, "recording_player_phone");
  const [download] = await Promise.all([
    hanna.page.waitForEvent("download"),
    hanna.click("recording-download"),
  ]);
  assert.match(download.suggestedFilename(), /^recording_\d{8}_\d{6}\.mp4$/);
  assert.deepEqual(await Deno.readFile(await download.path()), await Deno.readFile(FILM_URL));

  await hanna.click("recording-remove");
  await stage.picture(hanna, "recording_remove_phone");
  await hanna.click("recording-remove-confirm");
  await find(hanna, "recordings-none");
  await assert.rejects(host.call<Recording>("GET", `/video/recordings/${id}`), /404/);
  assert.deepEqual(hanna.complaints, []);
});

browserTest(
  "an administrator watches a recording, sees the disk, and deletes it",
  async (stage) => {
    const product = await stage.product();
    const made = await product.run(["admin", "create", "olga"], `${ADMIN_PASSWORD}\n`);
    assert.equal(made.code, 0, made.err);
    const host = await Api.signIn(product.origin, "Hanna");
    const { room_code: code } = await host.createRoom({ room_name: "Board meeting" });
    await record(product, host, code);

    const olga = await stage.chromium("Olga", { phone: true });
    await olga.open(`${product.origin}/admin/recordings`);
    await olga.type("admin-login-name", "olga");
    await olga.type("admin-login-password", ADMIN_PASSWORD);
    await olga.click("admin-login-submit");
    await find(olga, "admin-recording-row");
    const storage = olga.page.locator(testid("admin-recording-storage"));
    assert.match(await storage.innerText(), /Recordings take up 1\d kB\..* are free/);
    await stage.picture(olga, "admin_recordings_phone");
    assert.ok(await fits(olga));
    await olga.click("admin-play-recording");
    await plays(olga);
    assert.ok(await fits(olga));
    await olga.page.setViewportSize({ width: 1280, height: 900 });
    await stage.picture(olga, "admin_recordings_desktop");

    await olga.click("admin-delete-recording");
    await olga.click("admin-confirm-yes");
    await until(
      "it is gone",
      async () => await olga.page.locator(testid("admin-empty")).count() === 1,
    );
    assert.match(await storage.innerText(), /Recordings take up 0 byte/);
    assert.deepEqual(await host.call<Recording[]>("GET", "/video/recordings"), []);
    await olga.open(`${product.origin}/admin/audit`);
    await find(olga, "admin-audit-row");
    const rows = (await olga.page.locator(testid("admin-audit-row")).allInnerTexts()).join("\n");
    assert.match(rows, /Recording deleted: Board meeting/);
    assert.match(rows, /Hanna, in a call/);
    assert.match(rows, /Recording stopped: Board meeting\s+.*on request/);
  },
);

/** Of the browser, for calls beside it. */
async function sessionOf(person: ChromiumPerson): Promise<string> {
  const cookies = await person.page.context().cookies();
  const session = cookies.find(({ name }) => name === "vc_session");
  assert.ok(session, "signed in");
  return session.value;
}
