import assert from "node:assert/strict";
import { type Bytes, utf8 } from "./bytes.ts";
import { CAMERA, Meeting, say, settle } from "./fake_meeting.ts";
import { type EncodedFrame, opening, type OpeningOptions, sealing } from "./frame_steps.ts";
import type { MediaCrypto } from "./media_crypto.ts";

const VP8 = { mimeType: "video/VP8", type: "delta" } as const;

const frameOf = (data: Bytes, kind: typeof VP8 | { mimeType: string; type?: undefined } = VP8) => ({
  data: data.buffer,
  type: kind.type,
  getMetadata: () => ({ mimeType: kind.mimeType }),
});

/** One receiving line of a connection, as a browser runs it. */
class Line {
  readonly count = { frames: 0, passed: 0 };
  readonly shown: string[] = [];
  asked = 0;
  nowMs = 0;
  readonly #writer: WritableStreamDefaultWriter<EncodedFrame>;

  constructor(media: OpeningMedia, peerId: number) {
    const options: OpeningOptions = {
      peerId,
      line: CAMERA,
      counted: () => {
        this.count.frames++;
        return this.count;
      },
      nowMs: () => this.nowMs,
      askForKeyFrame: () => {
        this.asked++;
        return undefined;
      },
    };
    const stream = new TransformStream({ transform: opening(() => media, options) });
    this.#writer = stream.writable.getWriter();
    void stream.readable.pipeTo(
      new WritableStream<EncodedFrame>({
        write: ({ data }) => void this.shown.push(new TextDecoder().decode(data)),
      }),
    );
  }

  comes(data: Bytes): Promise<void> {
    return this.#writer.write(frameOf(data));
  }
}

type OpeningMedia = Pick<MediaCrypto, "openFrame">;

Deno.test("pictures that are there before their key are shown in order when it comes", async () => {
  const meeting = new Meeting();
  const a = await meeting.enter(1);
  meeting.hold();
  const b = await meeting.enter(2);
  const texts = Array.from({ length: 20 }, (_, index) => `picture ${index}`);
  const line = new Line(b, 1);
  for (const text of texts) void line.comes(await say(a, text, VP8));
  await settle();
  assert.deepEqual([line.shown, line.asked], [[], 0]);
  await meeting.release();
  assert.deepEqual([line.shown, line.asked], [texts, 0]);
  assert.deepEqual(line.count, { frames: 20, passed: 20 });
});

Deno.test("the decoder asks for a whole picture when one is missing, not for repeats", async () => {
  const opened = { openFrame: () => Promise.resolve(utf8("a picture")) };
  const repeated = { openFrame: () => Promise.resolve("repeated" as const) };
  const closed = { openFrame: () => Promise.resolve(null) };
  for (const [media, shown, asked] of [[opened, 2, 0], [repeated, 0, 0], [closed, 0, 1]] as const) {
    const line = new Line(media, 1);
    await Promise.all([line.comes(utf8("one")), line.comes(utf8("two"))]);
    assert.deepEqual([line.shown.length, line.asked], [shown, asked]);
    line.nowMs = 500;
    await line.comes(utf8("later"));
    assert.equal(line.asked, 2 * asked);
    assert.deepEqual(line.count, { frames: 3, passed: shown === 2 ? 3 : 0 });
  }
});

Deno.test("after a long gap a whole picture is asked for, once, though what comes opens", async () => {
  const line = new Line({ openFrame: () => Promise.resolve(utf8("a picture")) }, 1);
  for (const [atMs, asked] of [[0, 0], [1_500, 0], [3_001, 1], [3_034, 1]] as const) {
    line.nowMs = atMs;
    await line.comes(utf8("a picture"));
    assert.equal(line.asked, asked, `after ${atMs} ms`);
  }
  assert.deepEqual(line.count, { frames: 4, passed: 4 });
});

Deno.test("what cannot be sealed does not leave", async () => {
  const left: unknown[] = [];
  const count = { frames: 0, passed: 0 };
  const controller = { enqueue: (frame?: EncodedFrame) => void left.push(frame) };
  const refuses = { sealFrame: () => Promise.resolve(null) };
  for (const media of [null, refuses]) {
    await sealing(() => media, { line: CAMERA, counted: () => count })(
      frameOf(utf8("in clear")),
      controller,
    );
  }
  assert.deepEqual([left, count.passed], [[], 0]);
});
