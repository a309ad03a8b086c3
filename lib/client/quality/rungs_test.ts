import assert from "node:assert/strict";
import { ladder } from "./rungs.ts";

const HD = { width: 1280, height: 720, fps: 30 };
const ANY = { maxP: 2_000, maxFps: 60 };
const top = (...args: Parameters<typeof ladder>) => ladder(...args).at(-1);

Deno.test("a face is sent as large as it is shown, a little less at most", () => {
  const sizes = [
    [{ width: 1280, height: 720 }, 720],
    [{ width: 640, height: 512 }, 540], // cropped: the height decides
    [{ width: 640, height: 384 }, 360],
    [{ width: 320, height: 192 }, 180],
    [{ width: 128, height: 128 }, 180],
    [{ width: 128, height: 64 }, 90],
    [{ width: 3840, height: 2160 }, 720], // more than the camera has
  ] as const;
  for (const [box, p] of sizes) {
    assert.equal(top("camera", { source: HD, box, limits: ANY })?.p, p, JSON.stringify(box));
  }
});

Deno.test("nothing is sent that nobody looks at, or that may not be sent", () => {
  const box = { width: 640, height: 360 };
  const nowhere = { width: 0, height: 0 };
  assert.deepEqual(ladder("camera", { source: HD, box: nowhere, limits: ANY }), []);
  assert.deepEqual(ladder("camera", { source: HD, box, limits: { ...ANY, maxP: 0 } }), []);
});

Deno.test("rungs grow in every cost, keep the shape, and respect the limits", () => {
  const limits = { maxP: 360, maxFps: 15 };
  for (
    const source of [HD, { width: 720, height: 1280, fps: 24 }, { width: 640, height: 480, fps: 0 }]
  ) {
    for (const line of ["camera", "screen"] as const) {
      const rungs = ladder(line, { source, box: { width: 2000, height: 2000 }, limits });
      assert.ok(rungs.length > 1);
      rungs.forEach((rung, index) => {
        assert.ok(rung.p <= limits.maxP && rung.fps <= 15 && rung.scale >= 1);
        assert.ok(index === 0 || rung.kbps > rungs[index - 1]!.kbps);
        const side = Math.min(source.width, source.height);
        assert.ok(Math.abs(side / rung.scale - rung.p) < 1);
      });
    }
  }
});

Deno.test("a screen keeps its size and gives up frames first", () => {
  const source = { width: 1920, height: 1080, fps: 30 };
  const box = { width: 1920, height: 1088 };
  const rungs = ladder("screen", { source, box, limits: { maxP: 1440, maxFps: 30 } });
  assert.deepEqual(rungs.map(({ p, fps }) => [p, fps]), [
    [720, 3],
    [1080, 3],
    [1080, 5],
    [1080, 10],
    [1080, 15],
  ]);
});
