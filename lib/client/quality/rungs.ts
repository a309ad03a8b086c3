/**
 * The sizes at which a picture may be sent, and what each costs. A picture is named by its shorter
 * side, as people do: 720p.
 */
import { fillsTile } from "../../shared/domain/layout.ts";

export type VideoLine = "camera" | "screen";

/** One way to send one picture. */
export interface Rung {
  /** Shorter side, pixels. */
  readonly p: number;
  readonly fps: number;
  readonly kbps: number;
  /** What the encoder works through, pixels a second. */
  readonly pixels: number;
  /** How much smaller than the source, at least 1. */
  readonly scale: number;
}

/** What captures. */
export interface Source {
  readonly width: number;
  readonly height: number;
  readonly fps: number;
}

/** Where it is shown, in pixels of that screen; zero: not at all. */
export interface Box {
  readonly width: number;
  readonly height: number;
}

export interface SizeLimits {
  /** Shorter side of the largest picture that may be sent. */
  readonly maxP: number;
  readonly maxFps: number;
}

const CAMERA_STEPS: readonly Pick<Rung, "p" | "fps" | "kbps">[] = [
  { p: 90, fps: 15, kbps: 60 },
  { p: 180, fps: 20, kbps: 140 },
  { p: 270, fps: 25, kbps: 280 },
  { p: 360, fps: 30, kbps: 500 },
  { p: 540, fps: 30, kbps: 900 },
  { p: 720, fps: 30, kbps: 1_500 },
  { p: 1080, fps: 30, kbps: 2_800 },
];
/** A picture this much smaller than its place is not noticed. */
const GOOD_ENOUGH = 0.85;

/** A screen keeps its size, so that text stays legible, and gives up frames. */
const SCREEN_SIZES: readonly number[] = [270, 360, 540, 720, 1080, 1440];
const SCREEN_STEPS: readonly { fps: number; kbps: number; maxP: number }[] = [
  { fps: 3, kbps: 250, maxP: 720 },
  { fps: 3, kbps: 350, maxP: Infinity },
  { fps: 5, kbps: 600, maxP: Infinity },
  { fps: 10, kbps: 1_100, maxP: Infinity },
  { fps: 15, kbps: 1_800, maxP: Infinity },
];
/** The rates above are for this size. */
const SCREEN_REFERENCE_P = 1080;
const SCREEN_MIN_KBPS = 60;

/** The smallest rung of a camera: what a call without any room to spare sends. */
export const SMALLEST_KBPS = CAMERA_STEPS[0]!.kbps;

/**
 * The rungs from the smallest up to what this place can show and this person may send. Empty: it is
 * not shown, or there is nothing to send.
 */
export function ladder(
  line: VideoLine,
  { source, box, limits }: { source: Source; box: Box; limits: SizeLimits },
): readonly Rung[] {
  const side = Math.min(source.width, source.height);
  if (side <= 0 || box.width <= 0 || box.height <= 0 || limits.maxP <= 0) return [];
  const needed = Math.min(side, side * shareShown(line, source, box));
  return line === "camera"
    ? cameraLadder(source, needed, limits)
    : screenLadder(source, needed, limits);
}

/** How large the source appears in the box, 1 being its own size. */
function shareShown(line: VideoLine, source: Source, box: Box): number {
  const across = box.width / source.width;
  const down = box.height / source.height;
  const cropped = line === "camera" &&
    fillsTile(source.width / source.height, box.width / box.height);
  return cropped ? Math.max(across, down) : Math.min(across, down);
}

function cameraLadder(source: Source, needed: number, limits: SizeLimits): Rung[] {
  const enough = CAMERA_STEPS.findIndex(({ p }) => p >= needed * GOOD_ENOUGH);
  const upTo = enough === -1 ? CAMERA_STEPS.length : enough + 1;
  return CAMERA_STEPS.slice(0, upTo)
    .filter(({ p }, index) => p <= limits.maxP || index === 0)
    .map((step) => rung(source, step, limits));
}

function screenLadder(source: Source, needed: number, limits: SizeLimits): Rung[] {
  const size = SCREEN_SIZES.find((p) => p >= needed) ?? Infinity;
  const target = Math.min(size, limits.maxP, Math.min(source.width, source.height));
  const rungs = SCREEN_STEPS.map(({ fps, kbps, maxP }) => {
    const p = Math.min(target, maxP);
    const scaled = kbps * Math.min(2, p / SCREEN_REFERENCE_P) ** 1.2;
    return rung(source, { p, fps, kbps: Math.max(SCREEN_MIN_KBPS, Math.round(scaled)) }, limits);
  });
  // On small pictures the first two are the same.
  return rungs.filter(({ kbps }, index) => index === 0 || kbps > rungs[index - 1]!.kbps);
}

function rung(
  source: Source,
  { p, fps, kbps }: Pick<Rung, "p" | "fps" | "kbps">,
  limits: SizeLimits,
): Rung {
  const side = Math.min(source.width, source.height);
  const scale = Math.max(1, side / p);
  const rate = Math.min(fps, limits.maxFps, source.fps > 0 ? source.fps : fps);
  const pixels = (source.width / scale) * (source.height / scale) * rate;
  return { p: Math.min(p, side), fps: rate, kbps, pixels: Math.round(pixels), scale };
}
