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
  await person.page.route(/\/e2ee_worker-[^/]*\.js$/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: WRONG_KEYS + await response.text() });
  });
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
