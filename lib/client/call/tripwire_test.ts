import assert from "node:assert/strict";
import type { FrameCount, TransformOptions } from "../e2ee/e2ee_messages.ts";
import { type Alarm, Tripwire } from "./tripwire.ts";

type Side = TransformOptions["side"];

/** A sender or receiver whose browser counts frames, and whose worker counts others. */
class FakeLine {
  readonly options: TransformOptions;
  readonly track = { muted: false };
  readonly transport = { state: "connected" };
  carried = 0;
  asked = 0;
  seen: FrameCount = { frames: 0, passed: 0 };

  constructor(side: Side, peerId: number) {
    this.options = { side, peerId, line: 1, link: "link" };
  }

  /** Frames that the browser carried, those of them that the worker saw, and those that passed. */
  move(carried: number, frames: number, passed: number): void {
    this.carried += carried;
    this.seen = { frames: this.seen.frames + frames, passed: this.seen.passed + passed };
  }

  getStats() {
    this.asked++;
    const report = this.options.side === "send"
      ? { type: "outbound-rtp", framesSent: this.carried }
      : { type: "inbound-rtp", framesReceived: this.carried };
    return Promise.resolve(new Map([["rtp", report]]));
  }
}

/** Seconds that pass until the slowest alarm has rung, and a little more. */
const WATCH_MS = 7_500;
const STEP_MS = 250;

Deno.test("frames that pass the worker by, or never open, ring; nothing else does", async () => {
  const lines = {
    clearSender: new FakeLine("send", 1),
    goodSender: new FakeLine("send", 2),
    mutedSender: new FakeLine("send", 3),
    clearReceiver: new FakeLine("receive", 4),
    goodReceiver: new FakeLine("receive", 5),
    sealedReceiver: new FakeLine("receive", 6),
    earlyReceiver: new FakeLine("receive", 7),
  };
  const all = Object.values(lines);
  const alarms: [number, Alarm][] = [];
  const tripwire = new Tripwire({
    seen: (options) => all.find((line) => line.options === options)!.seen,
    // With the seventh there are no keys yet: what comes cannot open, and that is no alarm.
    agreed: (peerId) => peerId !== 7,
    alarm: (peerId, alarm) => {
      alarms.push([peerId, alarm]);
      tripwire.forget(peerId);
    },
  });
  for (const line of all) tripwire.watch(line as unknown as RTCRtpSender, line.options);
  tripwire.start();
  for (let atMs = 0; atMs < WATCH_MS; atMs += STEP_MS) {
    lines.clearSender.move(5, 0, 0);
    lines.goodSender.move(5, 5, 5);
    lines.clearReceiver.move(5, 0, 0);
    lines.goodReceiver.move(5, 5, 4);
    lines.sealedReceiver.move(5, 5, 0);
    lines.earlyReceiver.move(5, 5, 0);
    await new Promise((resolve) => setTimeout(resolve, STEP_MS));
  }
  tripwire.stop();
  assert.deepEqual(alarms.toSorted(), [[1, "bypassed"], [4, "bypassed"], [6, "unreadable"]]);
});

Deno.test("a line on which nothing ever came is not counted; once something comes, it is", async () => {
  const line = new FakeLine("receive", 1);
  line.track.muted = true;
  const alarms: Alarm[] = [];
  const tripwire = new Tripwire({
    seen: () => line.seen,
    agreed: () => true,
    alarm: (_peerId, alarm) => {
      alarms.push(alarm);
      tripwire.forget(1);
    },
  });
  tripwire.watch(line as unknown as RTCRtpReceiver, line.options);
  tripwire.start();
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  assert.equal(line.asked, 0);
  line.track.muted = false;
  for (let atMs = 0; atMs < 4_000 && alarms.length === 0; atMs += STEP_MS) {
    line.move(5, 0, 0);
    await new Promise((resolve) => setTimeout(resolve, STEP_MS));
  }
  tripwire.stop();
  assert.deepEqual(alarms, ["bypassed"]);
});
