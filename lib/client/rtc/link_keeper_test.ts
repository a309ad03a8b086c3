import assert from "node:assert/strict";
import { FakeChannel } from "./fake_peer_connection.ts";
import { readChannelMessage } from "./link_channel.ts";
import { BEAT_MS, HIDDEN_BEAT_MS, LinkKeeper, readBeat } from "./link_keeper.ts";
import type { LinkPhase, PeerKind } from "./peer_link_ports.ts";

/** A keeper over a link that only counts what is asked of it; time moves by `run`. */
class Bench {
  nowMs = 0;
  phase: LinkPhase = "connecting";
  idle = false;
  kind: PeerKind = "mesh";
  unanswered = false;
  connection: RTCPeerConnection | null = null;
  canSignal = true;
  beatMs = BEAT_MS;
  strain = 1;
  readonly restarts: number[] = [];
  readonly offers: number[] = [];
  readonly silences: boolean[] = [];
  readonly channel = new FakeChannel();
  readonly keeper: LinkKeeper;

  constructor({ polite = false } = {}) {
    // deno-lint-ignore no-this-alias
    const bench = this;
    this.keeper = new LinkKeeper({
      link: {
        get phase() {
          return bench.phase;
        },
        get idle() {
          return bench.idle;
        },
        get kind() {
          return bench.kind;
        },
        get unanswered() {
          return bench.unanswered;
        },
        get connection() {
          return bench.connection;
        },
        restartIce: () => void this.restarts.push(this.nowMs),
        offer: () => void this.offers.push(this.nowMs),
      },
      polite,
      nowMs: 0,
      canSignal: () => this.canSignal,
      beatMs: () => this.beatMs,
      strain: () => this.strain,
      silent: (silent) => this.silences.push(silent),
    });
  }

  connect(): void {
    this.phase = "connected";
    this.channel.open();
    this.keeper.adopt(this.channel as unknown as RTCDataChannel, this.nowMs);
  }

  /** `every`: the other side's beats; without it there is silence. */
  run(durationMs: number, every?: number): void {
    const endMs = this.nowMs + durationMs;
    while (this.nowMs < endMs) {
      this.nowMs += BEAT_MS;
      if (every !== undefined && this.nowMs % every === 0) {
        this.keeper.heard({ type: "beat", every }, this.nowMs);
      }
      this.keeper.tick(this.nowMs);
    }
  }
}

Deno.test("beats go out at the page's own pace and say so", () => {
  const bench = new Bench();
  bench.connect();
  bench.run(1_000, BEAT_MS);
  assert.equal(bench.channel.sent.length, 5);
  bench.beatMs = HIDDEN_BEAT_MS;
  bench.run(2_000, BEAT_MS);
  assert.equal(bench.channel.sent.length, 7);
  const last = readChannelMessage(bench.channel.sent.at(-1));
  assert.deepEqual(readBeat(last), { type: "beat", every: HIDDEN_BEAT_MS });
});

Deno.test("one second of silence restarts ICE; a word ends the alarm", () => {
  const bench = new Bench();
  bench.connect();
  bench.run(5_000, BEAT_MS);
  assert.deepEqual(bench.restarts, []);
  bench.run(1_250);
  assert.deepEqual(bench.silences, [true]);
  assert.equal(bench.restarts.length, 1);
  bench.run(1_000, BEAT_MS);
  assert.deepEqual(bench.silences, [true, false]);
  assert.equal(bench.restarts.length, 1);
});

Deno.test("a hidden page beats slowly without raising the alarm", () => {
  const bench = new Bench();
  bench.connect();
  bench.keeper.heard({ type: "beat", every: HIDDEN_BEAT_MS }, 0);
  bench.run(10_000, HIDDEN_BEAT_MS);
  assert.deepEqual(bench.silences, []);
  assert.deepEqual(bench.restarts, []);
});

Deno.test("the impolite side restarts every two seconds, the polite one never", () => {
  const impolite = new Bench();
  const polite = new Bench({ polite: true });
  for (const bench of [impolite, polite]) {
    bench.connect();
    bench.run(BEAT_MS, BEAT_MS);
    bench.phase = "interrupted";
    bench.run(5_000, BEAT_MS);
  }
  assert.deepEqual(impolite.restarts, [500, 2_500, 4_500]);
  polite.keeper.wake();
  assert.deepEqual(polite.restarts, []);
});

Deno.test("a restart whose offer got lost is finished when the old path is back", () => {
  const [bench, polite] = [new Bench(), new Bench({ polite: true })];
  for (const each of [bench, polite]) {
    each.connect();
    each.run(1_000, BEAT_MS);
    each.connection = { signalingState: "have-local-offer" } as RTCPeerConnection;
    each.canSignal = false;
    each.run(4_000, BEAT_MS);
    assert.deepEqual(each.restarts, []);
    each.canSignal = true;
    each.run(2_500, BEAT_MS);
    each.connection = { signalingState: "stable" } as RTCPeerConnection;
    each.run(4_000, BEAT_MS);
  }
  assert.deepEqual(bench.restarts, [5_250, 7_250]);
  assert.deepEqual(polite.restarts, []);
});

Deno.test("a first offer that is not answered is said again, also by the polite side", () => {
  const bench = new Bench({ polite: true });
  bench.unanswered = true;
  bench.run(5_250);
  assert.deepEqual(bench.restarts, [5_000]);
});

Deno.test("who hears nothing says so, and who hears that for a second restarts ICE", () => {
  const [deaf, heard] = [new Bench({ polite: true }), new Bench()];
  for (const bench of [deaf, heard]) {
    bench.connect();
    bench.run(1_000, BEAT_MS);
  }
  deaf.run(1_500);
  const last = readBeat(readChannelMessage(deaf.channel.sent.at(-1)));
  assert.deepEqual(last, { type: "beat", every: BEAT_MS, deaf: true });
  for (let beats = 0; beats < 5; beats++) {
    heard.keeper.heard(last, heard.nowMs);
    heard.run(BEAT_MS);
  }
  assert.equal(heard.restarts.length, 1);
  assert.deepEqual(heard.silences, []);
  heard.run(5_000, BEAT_MS);
  assert.equal(heard.restarts.length, 1);
});

Deno.test("somebody who can be reached again is tried at once", () => {
  const bench = new Bench();
  bench.connect();
  bench.run(1_000, BEAT_MS);
  bench.phase = "interrupted";
  bench.run(750, BEAT_MS);
  bench.keeper.nudge();
  bench.run(250, BEAT_MS);
  assert.deepEqual(bench.restarts, [1_250, 2_000]);
});

Deno.test("ten seconds without success: a new connection", () => {
  const bench = new Bench();
  bench.connect();
  bench.run(1_000, BEAT_MS);
  bench.phase = "interrupted";
  bench.run(13_000, BEAT_MS);
  assert.equal(bench.offers.length, 1);
});

Deno.test("a connection that the other side has just made gets its time, too", () => {
  const bench = new Bench();
  bench.connect();
  bench.run(1_000, BEAT_MS);
  bench.phase = "interrupted";
  bench.canSignal = false;
  bench.run(20_000);
  bench.canSignal = true;
  bench.connection = {} as RTCPeerConnection;
  bench.run(2_000);
  assert.deepEqual(bench.restarts, []);
  bench.run(7_000);
  assert.deepEqual(bench.offers, []);
  bench.run(4_000);
  assert.equal(bench.offers.length, 1);
});

Deno.test("a closed connection is over: it is said at once, and a new one is made after a while", () => {
  const bench = new Bench();
  bench.connect();
  bench.run(1_000, BEAT_MS);
  bench.channel.readyState = "closed";
  bench.run(2_750);
  assert.deepEqual(bench.silences, [true]);
  assert.deepEqual([...bench.restarts, ...bench.offers], []);
  bench.run(1_000);
  assert.deepEqual([bench.restarts.length, bench.offers.length], [0, 1]);
  // The other side's new connection takes the old one's place: nothing to do but to wait for it.
  const replaced = new Bench();
  replaced.connect();
  replaced.run(1_000, BEAT_MS);
  replaced.channel.readyState = "closed";
  replaced.phase = "interrupted";
  replaced.run(8_000);
  assert.deepEqual(replaced.offers, []);
});

Deno.test("a newcomer that never offers is offered a connection after a while", () => {
  const bench = new Bench();
  bench.idle = true;
  bench.run(3_500);
  assert.deepEqual(bench.offers, []);
  bench.run(1_000);
  assert.equal(bench.offers.length, 1);
});

Deno.test("nothing is tried while signaling is away, or with a raw client", () => {
  const away = new Bench();
  away.canSignal = false;
  const raw = new Bench();
  raw.kind = "raw";
  for (const bench of [away, raw]) {
    bench.phase = "interrupted";
    bench.run(20_000);
    assert.deepEqual([...bench.restarts, ...bench.offers], []);
  }
});

Deno.test("readBeat knows a beat from other messages", () => {
  const beat = { type: "beat", every: 250 };
  assert.deepEqual(readBeat(beat), beat);
  for (const odd of [{ ...beat, every: "x" }, { ...beat, every: NaN }, { type: "hello" }, null]) {
    assert.equal(readBeat(odd), null);
  }
});
