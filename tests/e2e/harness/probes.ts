/**
 * What a person really sees and hears, asked of the page's own media elements. Every function
 * here is sent to the browser as source: self-contained, JSON in, JSON out.
 */

/**
 * Frames that the video has shown; null while there is no such video. Chromium counts them for
 * every element; Firefox counts none for live streams, so there the count begins with the first
 * call.
 */
export function shownFrames(selector: string): number | null {
  type Counted = HTMLVideoElement & { __shown?: number };
  const video = document.querySelector<Counted>(selector);
  if (!video) return null;
  if (video.__shown === undefined) {
    video.__shown = 0;
    const count = () => {
      video.__shown = (video.__shown ?? 0) + 1;
      video.requestVideoFrameCallback(count);
    };
    video.requestVideoFrameCallback(count);
  }
  return Math.max(video.__shown, video.getVideoPlaybackQuality().totalVideoFrames);
}

export interface Picture {
  width: number;
  height: number;
  /** Share of sampled pixels, 0 to 1, that differ between two frames. */
  changed: number;
  /** Mean brightness, 0 to 255: a black picture is no picture. */
  brightness: number;
}

/**
 * Draws the video until its pixels differ from the first drawing, for 3 s at most. Null when it
 * has no picture yet.
 */
export async function watchPicture(selector: string): Promise<Picture | null> {
  const video = document.querySelector<HTMLVideoElement>(selector);
  if (!video || video.videoWidth === 0) return null;
  const canvas = document.createElement("canvas");
  canvas.width = 96;
  canvas.height = 72;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) return null;
  const draw = () => {
    context.drawImage(video, 0, 0, 96, 72);
    return context.getImageData(0, 0, 96, 72).data;
  };
  const first = draw();
  const pixels = first.length / 4;
  const deadline = performance.now() + 3_000;
  let changed = 0;
  let brightness = 0;
  do {
    await new Promise((resolve) => setTimeout(resolve, 100));
    const next = draw();
    changed = 0;
    brightness = 0;
    for (let i = 0; i < next.length; i += 4) {
      const distance = [0, 1, 2].map((c) => Math.abs((next[i + c] ?? 0) - (first[i + c] ?? 0)));
      if (distance.reduce((sum, part) => sum + part) > 24) changed++;
      brightness += ((next[i] ?? 0) + (next[i + 1] ?? 0) + (next[i + 2] ?? 0)) / 3;
    }
  } while (changed / pixels < 0.002 && performance.now() < deadline);
  return {
    width: video.videoWidth,
    height: video.videoHeight,
    changed: changed / pixels,
    brightness: brightness / pixels,
  };
}

export interface Sound {
  /** Loudest root mean square of a 43 ms window, 0 to 1. */
  peak: number;
  /** The element would let it be heard. */
  audible: boolean;
}

/**
 * Records what the media element plays for `ms` and measures it. A recording, because a live
 * AudioContext does not run in Firefox on a machine without a sound card. Null when the element
 * has no audio.
 */
export async function listen(
  { selector, ms }: { selector: string; ms: number },
): Promise<Sound | null> {
  const element = document.querySelector<HTMLMediaElement>(selector);
  const stream = element?.srcObject;
  if (!element || !(stream instanceof MediaStream)) return null;
  const tracks = stream.getAudioTracks();
  if (tracks.length === 0) return null;
  const audible = !element.paused && !element.muted && element.volume > 0;
  const recorder = new MediaRecorder(new MediaStream(tracks));
  const parts: Blob[] = [];
  recorder.ondataavailable = ({ data }) => parts.push(data);
  const stopped = new Promise((resolve) => recorder.onstop = resolve);
  recorder.start();
  await new Promise((resolve) => setTimeout(resolve, ms));
  recorder.stop();
  await stopped;
  const file = await new Blob(parts).arrayBuffer();
  if (file.byteLength === 0) return { peak: 0, audible };
  const decoded = await new OfflineAudioContext(1, 48_000, 48_000).decodeAudioData(file);
  const samples = decoded.getChannelData(0);
  let peak = 0;
  for (let start = 0; start + 2048 <= samples.length; start += 2048) {
    let sum = 0;
    for (let i = start; i < start + 2048; i++) sum += (samples[i] ?? 0) ** 2;
    peak = Math.max(peak, Math.sqrt(sum / 2048));
  }
  return { peak, audible };
}

/**
 * Begins to watch the video for freezes. A replaced element counts as the same video: the person
 * looks at a place on the screen, not at an element.
 */
export function startFreezeMeter(selector: string): void {
  const page = globalThis as typeof globalThis & { __freezes?: Record<string, FreezeMeter> };
  const meter: FreezeMeter = {
    last: performance.now(),
    longestMs: 0,
    endedAt: 0,
    frames: 0,
    timer: 0,
  };
  let watched: HTMLVideoElement | null = null;
  const onFrame = () => {
    const now = performance.now();
    if (now - meter.last > meter.longestMs) {
      meter.longestMs = now - meter.last;
      meter.endedAt = Date.now();
    }
    meter.last = now;
    meter.frames++;
    watched?.requestVideoFrameCallback(onFrame);
  };
  const look = () => {
    const video = document.querySelector<HTMLVideoElement>(selector);
    if (video === watched) return;
    watched = video;
    video?.requestVideoFrameCallback(onFrame);
  };
  meter.timer = setInterval(look, 50) as unknown as number;
  look();
  page.__freezes = { ...page.__freezes, [selector]: meter };
}

export interface FreezeMeter {
  last: number;
  longestMs: number;
  /** When the longest one ended, in milliseconds since the epoch. */
  endedAt: number;
  frames: number;
  timer: number;
}

/** Longest time without a new frame since `startFreezeMeter`, the running one included. */
export function readFreezeMeter(
  selector: string,
): { longestMs: number; endedAt: number; frames: number } | null {
  const page = globalThis as typeof globalThis & { __freezes?: Record<string, FreezeMeter> };
  const meter = page.__freezes?.[selector];
  if (!meter) return null;
  return {
    longestMs: Math.round(Math.max(meter.longestMs, performance.now() - meter.last)),
    endedAt: meter.endedAt,
    frames: meter.frames,
  };
}

/** What `negotiation_counter.ts` counted. */
export function readNegotiations(): { connections: number; offers: number; answers: number } {
  const page = globalThis as typeof globalThis & {
    __negotiations?: { connections: number; offers: number; answers: number };
  };
  return page.__negotiations ?? { connections: 0, offers: 0, answers: 0 };
}
