/** A thin line, as at the edge of a mobile network: sound first. */
import { testid } from "../e2e/harness/person.ts";
import { hears } from "../e2e/harness/senses.ts";
import { browserTest } from "../e2e/harness/stage.ts";
import { attribute } from "../e2e/harness/walks.ts";
import { pause, until } from "../fixtures/poll.ts";
import { readReceived, type Received } from "./page_probes.ts";
import { twoInACall } from "./scene.ts";
import { FAIR } from "./world.ts";

const UPLINK = { ...FAIR, out: { ...FAIR.out, bitsPerSecond: 300_000 } };
const WINDOW_SECONDS = 5;
const MAX_CONCEALED = 0.05;
const MIN_FPS = 5;

function between(before: Received, after: Received, seconds: number) {
  const samples = after.samples - before.samples;
  return {
    concealed: samples <= 0 ? 1 : (after.concealedSamples - before.concealedSamples) / samples,
    fps: (after.framesDecoded - before.framesDecoded) / seconds,
    loudness: after.audioEnergy - before.audioEnergy,
  };
}

browserTest(
  "300 kbit/s up: the voice stays whole, the picture goes on or is off",
  async (stage) => {
    const { ann, ben } = await twoInACall(stage, { homes: [{}, {}] });
    await ben.home.line.weather(UPLINK);
    await until("a good window of Ben at Ann's", async () => {
      const before = await ann.person.eval(readReceived);
      await pause(WINDOW_SECONDS * 1_000);
      const seen = between(before, await ann.person.eval(readReceived), WINDOW_SECONDS);
      const off = await attribute(ben.person, {
        selector: testid("weak-uplink"),
        name: "data-paused",
      });
      console.log(
        `concealed ${(seen.concealed * 100).toFixed(1)} %, ${seen.fps.toFixed(1)} fps` +
          `${off !== null ? ", picture off" : ""}`,
      );
      const picture = seen.fps >= MIN_FPS || off !== null;
      return seen.concealed <= MAX_CONCEALED && seen.loudness > 0 && picture;
    }, { timeoutMs: 40_000 });
    await hears(ann.person, ben.id);
  },
);
