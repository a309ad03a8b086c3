/** The probes themselves, on the benchmarks' hand-written page: they must notice when media stops. */
import assert from "node:assert/strict";
import { FloorServer } from "../../bench/floor_server.ts";
import { until } from "../fixtures/poll.ts";
import {
  listen,
  readFreezeMeter,
  readNegotiations,
  shownFrames,
  startFreezeMeter,
  watchPicture,
} from "./harness/probes.ts";
import { hearsElement, seesVideo } from "./harness/senses.ts";
import { browserTest } from "./harness/stage.ts";

const REMOTE = "video[data-remote]";

/** The sender's tracks go black and silent; the connection stays. */
function stopSending(): void {
  const video = document.querySelector<HTMLVideoElement>("#self");
  const stream = video?.srcObject;
  if (!(stream instanceof MediaStream)) throw new Error("no own stream");
  for (const track of stream.getTracks()) track.enabled = false;
}

browserTest("live media is seen and heard, stopped media is neither", async (stage) => {
  await using floor = await FloorServer.start();
  const url = `http://localhost:${floor.port}/room`;
  const [ann, ben] = [await stage.chromium("Ann"), await stage.chromium("Ben")];
  await ann.open(url);
  await ben.open(url);
  await seesVideo(ben, REMOTE);
  await hearsElement(ben, REMOTE);
  assert.deepEqual(await ben.eval(readNegotiations), { connections: 1, offers: 1, answers: 0 });
  assert.deepEqual(await ann.eval(readNegotiations), { connections: 1, offers: 0, answers: 1 });

  await ben.eval(startFreezeMeter, REMOTE);
  await until("ten frames", async () => {
    return ((await ben.eval(readFreezeMeter, REMOTE))?.frames ?? 0) >= 10;
  });
  await ann.eval(stopSending);
  await until("silence", async () => {
    const sound = await ben.eval(listen, { selector: REMOTE, ms: 2_000 });
    return sound !== null && sound.peak < 0.005;
  });
  const picture = await ben.eval(watchPicture, REMOTE);
  assert.ok(picture && picture.changed < 0.001 && picture.brightness < 10, JSON.stringify(picture));

  await ann.page.close();
  await until("a freeze of a second is measured", async () => {
    return ((await ben.eval(readFreezeMeter, REMOTE))?.longestMs ?? 0) > 1_000;
  });
  assert.equal(await ben.eval(shownFrames, "video.nobody"), null);
  assert.equal(await ben.eval(watchPicture, "video.nobody"), null);
  assert.equal(await ben.eval(listen, { selector: "video.nobody", ms: 100 }), null);
});
