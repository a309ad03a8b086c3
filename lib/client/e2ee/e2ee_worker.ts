/**
 * The worker of a call's encryption: the transforms of all senders and receivers, and every key.
 * The page only carries its messages; no key ever crosses to it.
 */
import type { FrameCount, FromWorker, ToWorker, TransformOptions } from "./e2ee_messages.ts";
import { type EncodedFrame, opening, sealing } from "./frame_steps.ts";
import { MediaCrypto } from "./media_crypto.ts";

/** What browsers give to a transform (WebRTC Encoded Transform); not in TypeScript's libraries. */
interface Transformer {
  readable: ReadableStream<EncodedFrame>;
  writable: WritableStream<EncodedFrame>;
  options: TransformOptions;
  sendKeyFrameRequest?(): Promise<void>;
}

/** How often the page learns how many frames were seen: the tripwire compares. */
const COUNT_EVERY_MS = 500;

const scope = globalThis as unknown as {
  postMessage(message: FromWorker): void;
  onmessage: (event: { data: ToWorker }) => void;
  onrtctransform: (event: { transformer: Transformer }) => void;
};

let media: MediaCrypto | null = null;
/** Number of the present agreement with each peer. */
const pairs = new Map<number, number>();
const pairOf = (peerId: number) => ({ peerId, pair: pairs.get(peerId) ?? 0 });
const counts = new Map<string, FrameCount & { options: TransformOptions }>();

scope.onmessage = ({ data: message }) => {
  switch (message.type) {
    case "start":
      media = new MediaCrypto(message, {
        send: (peerId, message) => scope.postMessage({ type: "send", ...pairOf(peerId), message }),
        confirmed: (peerId, { code, ...trust }) =>
          scope.postMessage({ type: "confirmed", ...pairOf(peerId), code: [...code], trust }),
        trusted: (peerId, trust) => scope.postMessage({ type: "trusted", peerId, trust }),
        roomSecret: (secret) => scope.postMessage({ type: "room-secret", secret }),
        failed: (peerId, reason) =>
          scope.postMessage({ type: "failed", ...pairOf(peerId), reason }),
        nowMs: () => performance.now(),
        setTimeout: (callback, delayMs) => void setTimeout(callback, delayMs),
      });
      return;
    case "pair":
      pairs.set(message.peerId, message.pair);
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
  const step = options.side === "send"
    ? sealing(() => media, { ...options, counted: () => count(options) })
    : opening(() => media, {
      ...options,
      counted: () => count(options),
      nowMs: () => performance.now(),
      // Refused on a line that is being closed: then no decoder waits for it.
      askForKeyFrame: () => transformer.sendKeyFrameRequest?.().catch(() => {}),
    });
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
