/**
 * What becomes of each frame on its way between encoder or decoder and network. Frames that cannot
 * be handled go nowhere: nothing clear leaves, nothing forged is played.
 */
import type { Bytes } from "./bytes.ts";
import type { FrameCount } from "./e2ee_messages.ts";
import type { FrameKind } from "./frame_format.ts";
import type { MediaCrypto } from "./media_crypto.ts";

/** What browsers give to a transform (WebRTC Encoded Transform); not in TypeScript's libraries. */
export interface EncodedFrame {
  data: ArrayBuffer;
  type?: FrameKind["type"];
  getMetadata(): { mimeType?: string };
}

export type FrameStep = (
  frame: EncodedFrame,
  controller: Pick<TransformStreamDefaultController<EncodedFrame>, "enqueue">,
) => Promise<void>;

/** Between two requests for a key frame, while frames cannot be opened. */
const KEY_FRAME_EVERY_MS = 500;
/**
 * After a gap this long the frames that the next one builds on are gone, perhaps for good: browsers
 * hope for them for up to three seconds. Longer than the pause between two frames of a still screen.
 */
const TORN_AFTER_MS = 1_500;

export interface SealingOptions {
  /** Place in the first offer. */
  line: number;
  /** Another frame has come; those that pass are to be added. */
  counted(): FrameCount;
}

export interface OpeningOptions extends SealingOptions {
  peerId: number;
  nowMs(): number;
  askForKeyFrame(): Promise<void> | undefined;
}

/** @param media null: not started, so nothing passes */
export function sealing(
  media: () => Pick<MediaCrypto, "sealFrame"> | null,
  { line, counted }: SealingOptions,
): FrameStep {
  return async (frame, controller) => {
    const count = counted();
    const sealed = frame.data.byteLength === 0
      ? new Uint8Array(0)
      : await media()?.sealFrame(line, kindOf(frame), new Uint8Array(frame.data)) ?? null;
    if (sealed === null) return;
    count.passed++;
    pass(frame, sealed, controller);
  };
}

/** Called for one frame after the other: while a picture waits for its key, so do those behind it. */
export function opening(
  media: () => Pick<MediaCrypto, "openFrame"> | null,
  { line, peerId, counted, nowMs, askForKeyFrame }: OpeningOptions,
): FrameStep {
  let askedAtMs = -KEY_FRAME_EVERY_MS;
  let cameAtMs = Infinity;
  return async (frame, controller) => {
    const count = counted();
    if (frame.data.byteLength === 0) return controller.enqueue(frame);
    const atMs = nowMs();
    const data = new Uint8Array(frame.data);
    const opened = await media()?.openFrame(peerId, { line, kind: kindOf(frame), data }) ?? null;
    if (opened === "repeated") return;
    const torn = frame.type === "delta" && atMs - cameAtMs > TORN_AFTER_MS;
    cameAtMs = atMs;
    if (opened !== null) {
      count.passed++;
      pass(frame, opened, controller);
      if (!torn) return;
    }
    // Without this frame the decoder cannot go on: the next one that opens must stand alone.
    if (frame.type === undefined || nowMs() - askedAtMs < KEY_FRAME_EVERY_MS) return;
    askedAtMs = nowMs();
    await askForKeyFrame();
  };
}

function pass(
  frame: EncodedFrame,
  data: Bytes,
  controller: Parameters<FrameStep>[1],
): void {
  frame.data = data.buffer;
  controller.enqueue(frame);
}

function kindOf(frame: EncodedFrame): FrameKind {
  return { mimeType: frame.getMetadata().mimeType ?? "", type: frame.type };
}
