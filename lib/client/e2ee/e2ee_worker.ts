/**
 * The worker of a call's encryption: the transforms of all senders and receivers, and every key.
 * The page only carries its messages; no key ever crosses to it.
 */
import type { Bytes } from "./bytes.ts";
import type { FrameCount, FromWorker, ToWorker, TransformOptions } from "./e2ee_messages.ts";
import type { FrameKind } from "./frame_format.ts";
import { MediaCrypto } from "./media_crypto.ts";

/** What browsers give to a transform (WebRTC Encoded Transform); not in TypeScript's libraries. */
interface EncodedFrame {
  data: ArrayBuffer;
  type?: FrameKind["type"];
  getMetadata(): { mimeType?: string };
}
interface Transformer {
  readable: ReadableStream<EncodedFrame>;
  writable: WritableStream<EncodedFrame>;
  options: TransformOptions;
  sendKeyFrameRequest?(): Promise<void>;
}

/** How often the page learns how many frames were seen: the tripwire compares. */
const COUNT_EVERY_MS = 500;
/** Between two requests for a key frame, while frames cannot be opened. */
const KEY_FRAME_EVERY_MS = 500;

const scope = globalThis as unknown as {
  postMessage(message: FromWorker): void;
  onmessage: (event: { data: ToWorker }) => void;
  onrtctransform: (event: { transformer: Transformer }) => void;
};

let media: MediaCrypto | null = null;
const counts = new Map<string, FrameCount & { options: TransformOptions }>();

scope.onmessage = ({ data: message }) => {
  switch (message.type) {
    case "start":
      media = new MediaCrypto(message, {
        send: (peerId, pair) => scope.postMessage({ type: "send", peerId, message: pair }),
        confirmed: (peerId, { code, ...trust }) =>
          scope.postMessage({ type: "confirmed", peerId, code: [...code], trust }),
        trusted: (peerId, trust) => scope.postMessage({ type: "trusted", peerId, trust }),
        roomSecret: (secret) => scope.postMessage({ type: "room-secret", secret }),
        failed: (peerId, reason) => scope.postMessage({ type: "failed", peerId, reason }),
        nowMs: () => performance.now(),
        setTimeout: (callback, delayMs) => void setTimeout(callback, delayMs),
      });
      return;
    case "pair":
      return media?.startPair(message.peerId);
    case "described":
      return media?.describePair(message.peerId, message.fingerprints);
    case "message":
      return media?.receive(message.peerId, message.message);
    case "remove":
      return media?.removePeer(message.peerId);
    case "compare":
      return media?.compare(message.peerId);
    case "seal":
    case "open":
      return void answer(message);
    default:
      message satisfies never;
  }
};

async function answer(
  { type, request, peerId, text }: Extract<ToWorker, { type: "seal" | "open" }>,
): Promise<void> {
  const done = type === "seal"
    ? media?.sealMessage(peerId, text)
    : media?.openMessage(peerId, text);
  scope.postMessage({ type: "answer", request, text: await done ?? null });
}

scope.onrtctransform = ({ transformer }) => {
  const { readable, writable, options } = transformer;
  const step = options.side === "send" ? sealing(options) : opening(options, transformer);
  readable.pipeThrough(new TransformStream({ transform: step })).pipeTo(writable).catch(
    // The connection was closed or its transform replaced: the usual end of a pipe.
    () => counts.delete(nameOf(options)),
  );
};

setInterval(() => {
  for (const { options, frames, passed } of counts.values()) {
    scope.postMessage({ type: "count", ...options, frames, passed });
  }
}, COUNT_EVERY_MS);

type Step = (
  frame: EncodedFrame,
  controller: TransformStreamDefaultController<EncodedFrame>,
) => Promise<void>;

function sealing(options: TransformOptions): Step {
  return async (frame, controller) => {
    const counted = count(options);
    const sealed = frame.data.byteLength === 0
      ? new Uint8Array(0)
      : await media?.sealFrame(options.line, kindOf(frame), new Uint8Array(frame.data)) ?? null;
    if (sealed !== null) counted.passed++;
    pass(frame, sealed, controller);
  };
}

function opening(options: TransformOptions, transformer: Transformer): Step {
  let askedAtMs = 0;
  return async (frame, controller) => {
    const counted = count(options);
    if (frame.data.byteLength === 0) return controller.enqueue(frame);
    const opened = await media?.openFrame(options.peerId, {
      line: options.line,
      kind: kindOf(frame),
      data: new Uint8Array(frame.data),
    }) ?? null;
    if (opened !== null) {
      counted.passed++;
      return pass(frame, opened, controller);
    }
    // Without this frame the decoder cannot go on: the next one that opens must stand alone.
    if (frame.type === undefined || performance.now() - askedAtMs < KEY_FRAME_EVERY_MS) return;
    askedAtMs = performance.now();
    // Refused on a line that is being closed: then no decoder waits for it.
    await transformer.sendKeyFrameRequest?.().catch(() => {});
  };
}

/** Frames that could not be handled go nowhere: nothing clear leaves, nothing forged is played. */
function pass(
  frame: EncodedFrame,
  data: Bytes | null,
  controller: TransformStreamDefaultController<EncodedFrame>,
): void {
  if (data === null) return;
  frame.data = data.buffer;
  controller.enqueue(frame);
}

function kindOf(frame: EncodedFrame): FrameKind {
  return { mimeType: frame.getMetadata().mimeType ?? "", type: frame.type };
}

function count(options: TransformOptions): FrameCount {
  const name = nameOf(options);
  const entry = counts.get(name) ?? { options, frames: 0, passed: 0 };
  entry.frames++;
  counts.set(name, entry);
  return entry;
}

function nameOf({ side, peerId, line, link }: TransformOptions): string {
  return `${side} ${peerId} ${line} ${link}`;
}
