/**
 * From what was measured to what is sent: `learn` keeps what is known of network and processor,
 * `decide` turns it, with the limits of this person and what the others look at, into targets.
 * Both are pure: the same questions get the same answers, here, in tests and in simulations.
 */
import { allocate, type Stream } from "./allocate.ts";
import { type Ceiling, newCeiling, type Room, watchCeiling } from "./ceiling.ts";
import type { Limits } from "./limits.ts";
import { type Box, ladder, type Rung, type Source, type VideoLine } from "./rungs.ts";

/** 50 packets a second: IP, UDP, RTP, SRTP and SFrame. */
const VOICE_HEADERS_KBPS = 30;
/** No link is taken for worse: one rise above it, the smallest picture is tried again. */
const LEAST_KBPS = 110;
/** Below this there is no time to let a new picture settle: it would talk over the voice. */
const NARROW_KBPS = 250;
/** Beyond this a network is no limit for a call. */
const AMPLE_KBPS = 12_000;
/** After asking for more, the browser needs a moment to find out. */
export const SETTLE_MS = 3_000;
const NARROW_SETTLE_MS = 1_000;
/**
 * Until a new connection has been measured its pictures stay small: a large one would be squeezed by
 * the browser, which takes half a minute to let go again.
 */
const FIRST_KBPS = 200;
/** Of what was measured: pictures must leave room for what comes with them. */
const SAFETY = 0.9;
/** A new value counts this much against those before it. */
const SMOOTHING = 0.5;
/**
 * After a cut a link is measured like a new one: the browser takes its losses for congestion, and for
 * some seconds its estimate is one of them and not of the network. A picture is always tried.
 */
const AFTER_CUT_MS = 5_000;
const LEAST_BEGUN_KBPS = 160;
/** Share of all cores that encoders may keep busy. */
const ENCODER_SHARE = 0.6;
const LOSS_OF_CONGESTION = 0.1;
/** Without pictures in the way, this much loss means that the voice itself is too wide. */
const LOSS_OF_VOICE = 0.05;
/** There is ample room when the estimate exceeds what is sent, and what is allowed, by so much. */
const AMPLE_BEYOND_SENT = 1.3;
const AMPLE_BEYOND_LEVEL = 1.2;
const LEAST_PIXELS = 160 * 90 * 15;

/** What one link told within the last second. */
export interface LinkSample {
  readonly link: number;
  /** The browser's estimate; null where it has none (Firefox). */
  readonly availableKbps: number | null;
  readonly sentKbps: number;
  /** 0 to 1, of what this side sent. */
  readonly loss: number | null;
  /** An encoder got less than it was allowed, and used up what it got. */
  readonly starved: boolean;
  /** Nothing gets through: what is told is told of that, and not of how much could. */
  readonly cut: boolean;
}

export interface Sample {
  readonly nowMs: number;
  readonly links: readonly LinkSample[];
  /** Some encoder gave up quality because the processor is busy. */
  readonly processorBusy: boolean;
  /** Seconds of encoding in one second, all encoders together. */
  readonly encodeShare: number;
  readonly pixels: number;
}

interface LinkHistory {
  readonly ceiling: Ceiling;
  /** Something was measured: from here on pictures may grow. */
  readonly measured: boolean;
  readonly availableKbps: number | null;
  /** What was asked of it last. */
  readonly askedKbps: number;
  readonly askedMoreAtMs: number;
  /** When something was last known not to get through. */
  readonly cutAtMs: number;
}

export interface History {
  readonly links: ReadonlyMap<number, LinkHistory>;
  readonly uplink: Ceiling;
  /** Pixels a second. */
  readonly encoders: Ceiling;
}

export function newHistory(nowMs: number): History {
  return { links: new Map(), uplink: newCeiling(nowMs), encoders: newCeiling(nowMs) };
}

/**
 * Called every second with what was measured; all links need not be among it.
 */
export function learn(history: History, sample: Sample, limits: Limits): History {
  const { nowMs } = sample;
  const whole = sample.links.filter(({ cut }) => !cut);
  const looked = whole.map((each) => look(history.links.get(each.link), each, nowMs));
  const withPictures = looked.filter(({ known }) => known.askedKbps > 0);
  const bad = looked.filter(({ measured }) => measured !== null);
  // Many links in trouble at once have one cause: the way out of this house.
  const common = bad.length >= 2 && bad.length * 2 >= withPictures.length;
  const scale = Math.max(1, limits.links / Math.max(1, looked.length));
  const through = scale * looked.reduce((sum, { kbps }) => sum + kbps, 0);
  const sent = scale * looked.reduce((sum, { sentKbps }) => sum + sentKbps, 0);
  const links = new Map(history.links);
  for (const { link, known, measured, sentKbps } of looked) {
    const ceiling = watchCeiling(known.ceiling, {
      measured: common ? null : measured,
      lowest: LEAST_KBPS,
      highest: AMPLE_KBPS,
      room: roomFor(known.ceiling.level, known.availableKbps, sentKbps),
      leapTo: (known.availableKbps ?? 0) * SAFETY,
      nowMs,
    });
    links.set(link, { ...known, ceiling });
  }
  for (const { link, cut } of sample.links) {
    const known = history.links.get(link) ?? newLink(nowMs);
    if (cut) links.set(link, { ...known, cutAtMs: nowMs });
  }
  return {
    links,
    uplink: looked.length === 0 ? history.uplink : watchCeiling(history.uplink, {
      measured: common ? through * SAFETY : null,
      lowest: LEAST_KBPS * limits.links,
      highest: AMPLE_KBPS * limits.links,
      room: roomFor(history.uplink.level, through, sent),
      leapTo: through * SAFETY,
      nowMs,
    }),
    encoders: watchCeiling(history.encoders, {
      measured: overworked(sample, limits),
      lowest: LEAST_PIXELS,
      highest: limits.pixels,
      room: "some",
      leapTo: 0,
      nowMs,
    }),
  };
}

function look(before: LinkHistory | undefined, sample: LinkSample, nowMs: number) {
  const begins = !before?.measured || nowMs - before.cutAtMs < AFTER_CUT_MS;
  const known = begins ? begin(before ?? newLink(nowMs), sample, nowMs) : before;
  const availableKbps = smooth(begins ? null : known.availableKbps, sample.availableKbps);
  const { sentKbps } = sample;
  const kbps = known.askedKbps > 0 ? availableKbps ?? sentKbps : sentKbps;
  const measured = isTrouble(known, sample, nowMs) ? kbps * SAFETY : null;
  const next = { ...known, availableKbps, measured: true };
  return { link: sample.link, known: next, kbps, measured, sentKbps };
}

/** The first word of a new connection: from here on it grows as its estimate does. */
function begin(known: LinkHistory, { availableKbps }: LinkSample, nowMs: number): LinkHistory {
  if (availableKbps === null) return known;
  return {
    ...known,
    ceiling: newCeiling(nowMs, Math.max(LEAST_BEGUN_KBPS, availableKbps * SAFETY)),
  };
}

function isTrouble(known: LinkHistory, sample: LinkSample, nowMs: number): boolean {
  const loss = sample.loss ?? 0;
  const { level } = known.ceiling;
  if (known.askedKbps === 0) return level < Infinity && loss > LOSS_OF_VOICE;
  if (nowMs - known.cutAtMs < AFTER_CUT_MS) return false;
  const settleMs = level < NARROW_KBPS ? NARROW_SETTLE_MS : SETTLE_MS;
  if (nowMs - known.askedMoreAtMs < settleMs) return false;
  // Loss alone may be a bad radio: it counts where the browser has no better word.
  return sample.starved || (loss > LOSS_OF_CONGESTION && sample.availableKbps === null);
}

function roomFor(level: number, availableKbps: number | null, sentKbps: number): Room {
  if (availableKbps === null) return "some";
  if (availableKbps < level) return "none";
  const ample = availableKbps >= sentKbps * AMPLE_BEYOND_SENT &&
    availableKbps >= level * AMPLE_BEYOND_LEVEL;
  return ample ? "ample" : "some";
}

function newLink(nowMs: number): LinkHistory {
  return {
    ceiling: newCeiling(nowMs),
    measured: false,
    availableKbps: null,
    askedKbps: 0,
    askedMoreAtMs: nowMs,
    cutAtMs: -Infinity,
  };
}

/** Falls at once to what is there, rises with care. */
function smooth(before: number | null, now: number | null): number | null {
  if (now === null || before === null) return now ?? before;
  return now < before ? now : before + SMOOTHING * (now - before);
}

/** Pixels that the processor can do, when it cannot do what it does. */
function overworked({ processorBusy, encodeShare, pixels }: Sample, limits: Limits): number | null {
  const allowed = ENCODER_SHARE * limits.cores;
  if (encodeShare > allowed) return pixels * allowed / encodeShare;
  return processorBusy ? pixels * SAFETY : null;
}

/** Somebody looks at what this person sends. */
export interface Demand {
  readonly link: number;
  readonly line: VideoLine;
  readonly source: Source;
  readonly box: Box;
}

export interface Target {
  readonly link: number;
  readonly line: VideoLine;
  /** Null: nothing is sent. */
  readonly rung: Rung | null;
  /** It is looked at, and there is no room for it. */
  readonly starved: boolean;
}

/** One per demand, in the same order. */
export function decide(
  history: History,
  limits: Limits,
  demands: readonly Demand[],
): readonly Target[] {
  const streams: Stream[] = demands.map(({ link, line, source, box }) => ({
    link,
    line,
    rungs: ladder(line, {
      source,
      box,
      limits: line === "camera" ? limits : { maxP: limits.maxScreenP, maxFps: limits.maxFps },
    }),
  }));
  const places = allocate(streams, {
    uplinkKbps: Math.min(
      limits.pictureKbps,
      history.uplink.level - limits.links * reserveKbps(uplinkShare(history, limits), limits),
    ),
    linkKbps: (link) => {
      const known = history.links.get(link);
      if (!known?.measured) return FIRST_KBPS;
      const { level } = known.ceiling;
      return level - reserveKbps(level, limits);
    },
    pixels: Math.min(limits.pixels, history.encoders.level),
  });
  return streams.map(({ link, line, rungs }, index) => {
    const rung = rungs[places[index] ?? -1] ?? null;
    return { link, line, rung, starved: rung === null && rungs.length > 0 };
  });
}

/** Notes what is asked of the links from now on, so that they get time to settle. */
export function remember(history: History, targets: readonly Target[], nowMs: number): History {
  const links = new Map(history.links);
  const asked = new Map<number, number>();
  for (const { link, rung } of targets) {
    asked.set(link, (asked.get(link) ?? 0) + (rung?.kbps ?? 0));
  }
  for (const [link, askedKbps] of asked) {
    const known = links.get(link) ?? newLink(nowMs);
    const more = askedKbps > known.askedKbps;
    links.set(link, {
      ...known,
      askedKbps,
      askedMoreAtMs: more ? nowMs : known.askedMoreAtMs,
    });
  }
  for (const link of links.keys()) if (!asked.has(link)) links.delete(link);
  return { ...history, links };
}

/** What a voice may cost without headers: narrower where there is little, so that it arrives. */
export function voiceKbps(history: History, limits: Limits, link: number): number {
  const level = history.links.get(link)?.ceiling.level ?? Infinity;
  return voiceFor(Math.min(level, uplinkShare(history, limits)), limits);
}

function uplinkShare(history: History, limits: Limits): number {
  return history.uplink.level / Math.max(limits.links, 1);
}

function voiceFor(levelKbps: number, limits: Limits): number {
  if (levelKbps < 160) return 16;
  return levelKbps < 400 || limits.saves ? 24 : 32;
}

/** Taken off the level of a link before any picture gets something: a voice with all its headers. */
export function reserveKbps(levelKbps: number, limits: Limits): number {
  return VOICE_HEADERS_KBPS + limits.voiceCopies * voiceFor(levelKbps, limits);
}
