/**
 * What a page really sends, in the words of its own connections; needs `keepConnections` in the page
 * before its scripts. Sent to the browser as source: self-contained, JSON in, JSON out.
 */

type Page = typeof globalThis & { __connections?: RTCPeerConnection[]; __choked?: boolean };

/** Before the page's scripts: makes it possible to `choke` the network, as far as the page is told. */
export function makeChokable(): void {
  const page = globalThis as Page;
  const own = RTCPeerConnection.prototype.getStats;
  RTCPeerConnection.prototype.getStats = async function (this: RTCPeerConnection, ...args: []) {
    const report = await own.apply(this, args);
    if (page.__choked !== true) return report;
    const told = new Map<string, unknown>();
    for (const [id, stat] of report as unknown as Map<string, Record<string, unknown>>) {
      const narrow = stat.type === "outbound-rtp" && stat.kind === "video"
        ? { targetBitrate: 20_000 }
        : stat.type === "candidate-pair"
        ? { availableOutgoingBitrate: 60_000 }
        : {};
      told.set(id, { ...stat, ...narrow });
    }
    return told as unknown as RTCStatsReport;
  } as typeof own;
}

/** From now on the browser says that hardly anything gets through; or no longer. */
export function choke(choked: boolean): void {
  (globalThis as Page).__choked = choked;
}

export interface SentPicture {
  width: number;
  height: number;
  active: boolean;
  bytes: number;
}

/** The pictures on this media line of all open connections; 1: camera, 2: screen. */
export async function sentPictures(line: number): Promise<SentPicture[]> {
  const pictures: SentPicture[] = [];
  for (const connection of (globalThis as Page).__connections ?? []) {
    if (connection.connectionState !== "connected") continue;
    for (const report of (await connection.getStats()).values()) {
      if (report.type !== "outbound-rtp" || report.mid !== String(line)) continue;
      const { frameWidth = 0, frameHeight = 0, active = true, bytesSent } = report;
      const bytes = bytesSent + (report.headerBytesSent ?? 0);
      pictures.push({ width: frameWidth, height: frameHeight, active, bytes });
    }
  }
  return pictures;
}

/** Bytes of everything that all connections have sent, headers included. */
export async function sentBytes(): Promise<number> {
  let bytes = 0;
  for (const connection of (globalThis as Page).__connections ?? []) {
    for (const report of (await connection.getStats()).values()) {
      if (report.type !== "outbound-rtp") continue;
      bytes += (report.bytesSent ?? 0) + (report.headerBytesSent ?? 0);
    }
  }
  return bytes;
}
