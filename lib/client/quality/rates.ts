/** What happened on a link between two readings of its counters. */
import type { LinkSample } from "./decide.ts";
import type { LineName, Reading, ReceivedLine, SentLine } from "./stats.ts";

export interface SentRates {
  readonly line: LineName;
  readonly kbps: number;
  readonly width: number;
  readonly height: number;
  readonly fps: number;
  readonly codec: string;
  readonly encodeSeconds: number;
  /** Pixels a second that the encoder worked through. */
  readonly pixels: number;
  readonly busy: boolean;
  readonly active: boolean;
}

export interface ReceivedRates {
  readonly line: LineName;
  readonly kbps: number;
  readonly width: number;
  readonly height: number;
  readonly fps: number;
  readonly codec: string;
}

/** One link in the last second or so. */
export interface LinkRates {
  readonly rttMs: number | null;
  readonly jitterMs: number | null;
  /** Of what came in, 0 to 1; null: nothing came. */
  readonly loss: number | null;
  /** Of what went out, as the other side tells. */
  readonly sentLoss: number | null;
  /** Share of the time in which the picture stood still. */
  readonly frozen: number;
  /** Share of the sound that was made up. */
  readonly concealed: number;
  readonly sentKbps: number;
  readonly receivedKbps: number;
  readonly availableKbps: number | null;
  readonly relayed: boolean;
  readonly protocol: string;
  readonly sent: readonly SentRates[];
  readonly received: readonly ReceivedRates[];
}

/** An encoder that is given less than this share of what it may use is kept short. */
const KEPT_SHORT = 0.8;
/** And when it uses up at least this share of what it is given, it could use more. */
const USED_UP = 0.8;

/** Null: the readings are not of one connection, or too close. */
export function between(before: Reading, now: Reading): LinkRates | null {
  const seconds = (now.atMs - before.atMs) / 1000;
  if (seconds < 0.2) return null;
  const sent = lines(before.sent, now.sent).map(([line, was, is]) =>
    sentRates(line, { was, is, seconds })
  );
  const pairs = lines(before.received, now.received);
  const received = pairs.map(([line, was, is]) => ({
    line,
    kbps: kbps(was, is, seconds),
    width: is.width,
    height: is.height,
    fps: is.fps,
    codec: is.codec,
  }));
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  if (sent.some((each) => each.kbps < 0) || received.some((each) => each.kbps < 0)) return null;
  return {
    rttMs: now.rttMs,
    jitterMs: now.received.microphone?.jitterMs ?? now.received.camera?.jitterMs ?? null,
    loss: lossOf(pairs),
    sentLoss: worst(now.sent),
    frozen: Math.min(
      1,
      sum(pairs.map(([, was, is]) => is.frozenSeconds - was.frozenSeconds)) / seconds,
    ),
    concealed: concealedOf(pairs),
    sentKbps: sum(sent.map((each) => each.kbps)),
    receivedKbps: sum(received.map((each) => each.kbps)),
    availableKbps: now.availableKbps,
    relayed: now.relayed,
    protocol: now.protocol,
    sent,
    received,
  };
}

type Named<Line> = Readonly<Partial<Record<LineName, Line>>>;
type Change<Line> = readonly [line: LineName, was: Line, is: Line];

function lines<Line>(before: Named<Line>, now: Named<Line>): Change<Line>[] {
  return (Object.keys(now) as LineName[]).flatMap((line) => {
    const [was, is] = [before[line], now[line]];
    return was === undefined || is === undefined ? [] : [[line, was, is] as const];
  });
}

function sentRates(
  line: LineName,
  { was, is, seconds }: { was: SentLine; is: SentLine; seconds: number },
): SentRates {
  return {
    line,
    kbps: kbps(was, is, seconds),
    width: is.width,
    height: is.height,
    fps: is.fps,
    codec: is.codec,
    encodeSeconds: (is.encodeSeconds - was.encodeSeconds) / seconds,
    pixels: (is.frames - was.frames) * is.width * is.height / seconds,
    busy: is.limitation === "cpu",
    active: is.active,
  };
}

function kbps(was: { bytes: number }, is: { bytes: number }, seconds: number): number {
  return (is.bytes - was.bytes) * 8 / 1000 / seconds;
}

function lossOf(pairs: readonly Change<ReceivedLine>[]): number | null {
  let [lost, arrived] = [0, 0];
  for (const [, was, is] of pairs) {
    // Late packets are taken off the count again.
    lost += Math.max(0, is.lost - was.lost);
    arrived += is.packets - was.packets;
  }
  return lost + arrived <= 0 ? null : lost / (lost + arrived);
}

function concealedOf(pairs: readonly Change<ReceivedLine>[]): number {
  const [, was, is] = pairs.find(([line]) => line === "microphone") ?? [];
  if (was === undefined || is === undefined || is.samples <= was.samples) return 0;
  return Math.max(0, Math.min(1, (is.concealed - was.concealed) / (is.samples - was.samples)));
}

function worst(sent: Named<SentLine>): number | null {
  const losses = Object.values(sent).flatMap(({ loss }) => loss === null ? [] : [loss]);
  return losses.length === 0 ? null : Math.max(...losses);
}

/**
 * What the budget learns from.
 *
 * @param cut nothing gets through at the moment
 * @param allowedKbps what each line may send now; null: it may not send
 */
export function sampleOf(
  link: number,
  { rates, reading, cut, allowedKbps }: {
    rates: LinkRates;
    reading: Reading;
    cut: boolean;
    allowedKbps: (line: LineName) => number | null;
  },
): LinkSample {
  const starved = rates.sent.some(({ line, kbps }) => {
    const allowed = allowedKbps(line);
    const target = reading.sent[line]?.targetKbps ?? null;
    if (allowed === null || target === null || reading.sent[line]?.active === false) return false;
    return target < KEPT_SHORT * allowed && kbps >= USED_UP * target;
  });
  return {
    link,
    availableKbps: rates.availableKbps,
    sentKbps: rates.sentKbps,
    loss: rates.sentLoss,
    starved,
    cut,
  };
}
