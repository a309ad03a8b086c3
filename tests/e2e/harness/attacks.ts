/**
 * Hostile and broken browsers. Everything here stands outside the product: scripts that run in a
 * page before the product's own, and changes of what the server delivers on its way.
 */
import type { ChromiumPerson } from "./chromium.ts";

/** Nothing that the product ends really ends: connections, devices and workers go on. */
export function neverStop(): void {
  RTCPeerConnection.prototype.close = () => {};
  MediaStreamTrack.prototype.stop = () => {};
  Worker.prototype.terminate = () => {};
}

/** A browser that takes transforms, says nothing, and sends every frame as it was encoded. */
export function ignoreTransforms(): void {
  for (const { prototype } of [RTCRtpSender, RTCRtpReceiver]) {
    Object.defineProperty(prototype, "transform", { set() {}, get: () => null });
  }
  const Native = RTCPeerConnection;
  globalThis.RTCPeerConnection = class extends Native {
    constructor(configuration: RTCConfiguration & { encodedInsertableStreams?: boolean } = {}) {
      const { encodedInsertableStreams: _, ...rest } = configuration;
      super(rest);
    }
  };
}

/** A browser from before encoded transforms. */
export function lackTransforms(): void {
  delete (globalThis as { RTCRtpScriptTransform?: unknown }).RTCRtpScriptTransform;
}

/** Derives other frame keys than the rest of the room; everything else is as it should be. */
const WRONG_KEYS = `{
  const derive = SubtleCrypto.prototype.deriveBits;
  SubtleCrypto.prototype.deriveBits = async function (algorithm, key, length) {
    const bits = new Uint8Array(await derive.call(this, algorithm, key, length));
    const info = new TextDecoder().decode(algorithm.info ?? new Uint8Array());
    if (info.startsWith("SFrame 1.0 Secret key")) bits[0] ^= 1;
    return bits.buffer;
  };
}
`;

/** The product's encryption worker, with wrong keys for frames; handshakes succeed. */
export async function useWrongKeys(person: ChromiumPerson): Promise<void> {
  await beforeTheWorker(person, WRONG_KEYS);
}

/** A script that runs in the product's encryption worker, before it. */
async function beforeTheWorker(person: ChromiumPerson, script: string): Promise<void> {
  await person.page.route(/\/e2ee_worker-[^/]*\.js$/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: script + await response.text() });
  });
}

const OPENED = "opened frames";

/** Runs in the page's encryption worker: tells when something was opened with a key. */
const TELL_OPENINGS = `{
  const decrypt = SubtleCrypto.prototype.decrypt;
  const told = new BroadcastChannel("${OPENED}");
  SubtleCrypto.prototype.decrypt = async function (...rest) {
    const opened = await decrypt.apply(this, rest);
    told.postMessage(Date.now());
    return opened;
  };
}
`;

/** From now on it is known when a frame was opened here for the last time: `lastOpeningMs`. */
export async function watchOpenings(person: ChromiumPerson): Promise<void> {
  await person.page.addInitScript((name) => {
    const page = globalThis as typeof globalThis & { __openedAtMs?: number };
    new BroadcastChannel(name).onmessage = ({ data }) => page.__openedAtMs = data;
  }, OPENED);
  await beforeTheWorker(person, TELL_OPENINGS);
}

/** In milliseconds since the epoch, some moments after it was sealed; null: nothing was. */
export function lastOpeningMs(): number | null {
  return (globalThis as typeof globalThis & { __openedAtMs?: number }).__openedAtMs ?? null;
}

/** Notes when the server said of whom that they are gone, before the page hears it. */
export function noteGoodbyes(): void {
  const page = globalThis as typeof globalThis & { __goodbyes?: Record<number, number> };
  const goodbyes: Record<number, number> = page.__goodbyes = {};
  const Native = WebSocket;
  globalThis.WebSocket = class extends Native {
    constructor(...rest: ConstructorParameters<typeof Native>) {
      super(...rest);
      this.addEventListener("message", (event) => {
        const { type, data } = JSON.parse(event.data);
        if (type === "participant_left") goodbyes[data.participant_id] = Date.now();
      });
    }
  };
}

/** In milliseconds since the epoch. */
export function goodbyeMs(id: number): number | null {
  const page = globalThis as typeof globalThis & { __goodbyes?: Record<number, number> };
  return page.__goodbyes?.[id] ?? null;
}

/** Notes when the page first said that encryption failed. */
export function noteAlarm(): void {
  const page = globalThis as typeof globalThis & { __alarmMs?: number };
  const look = () => {
    if (document.querySelector('[data-testid="encryption-alarm"]')) page.__alarmMs ??= Date.now();
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true });
}

/** In milliseconds since the epoch. */
export function alarmMs(): number | null {
  return (globalThis as typeof globalThis & { __alarmMs?: number }).__alarmMs ?? null;
}

export interface Sample {
  atMs: number;
  packets: number;
  framesDecoded: number;
}

/** From now on, what arrives and what is decoded, ten times a second; needs `keepConnections`. */
export function startSampling(): void {
  type Page = typeof globalThis & { __connections?: RTCPeerConnection[]; __samples?: Sample[] };
  const page = globalThis as Page;
  const samples: Sample[] = page.__samples = [];
  setInterval(async () => {
    const sample = { atMs: Date.now(), packets: 0, framesDecoded: 0 };
    for (const connection of page.__connections ?? []) {
      for (const report of (await connection.getStats()).values()) {
        if (report.type !== "inbound-rtp") continue;
        sample.packets += report.packetsReceived ?? 0;
        sample.framesDecoded += report.framesDecoded ?? 0;
      }
    }
    samples.push(sample);
  }, 100);
}

export function readSamples(): Sample[] {
  return (globalThis as typeof globalThis & { __samples?: Sample[] }).__samples ?? [];
}
