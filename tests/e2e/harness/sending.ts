/**
 * What a page really sends, in the words of its own connections. Sent to the browser as source:
 * self-contained, JSON in, JSON out.
 */

type Page = typeof globalThis & { __sending?: RTCPeerConnection[]; __choked?: boolean };

/** Before the page's scripts: keeps every connection, and can make a network look narrow. */
export function watchSending(): void {
  const page = globalThis as Page;
  const all: RTCPeerConnection[] = page.__sending = [];
  page.__choked = false;
  globalThis.RTCPeerConnection = new Proxy(RTCPeerConnection, {
    construct(target, args, newTarget) {
      const connection: RTCPeerConnection = Reflect.construct(target, args, newTarget);
      all.push(connection);
      return connection;
    },
  });
  const own = RTCPeerConnection.prototype.getStats;
  RTCPeerConnection.prototype.getStats = async function (...args: []) {
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
  frames: number;
}

/** The pictures on this media line of all open connections; 1: camera, 2: screen. */
export async function sentPictures(line: number): Promise<SentPicture[]> {
  const pictures: SentPicture[] = [];
  for (const connection of (globalThis as Page).__sending ?? []) {
    if (connection.connectionState !== "connected") continue;
    for (const report of (await connection.getStats()).values()) {
      if (report.type !== "outbound-rtp" || report.mid !== String(line)) continue;
      const { frameWidth = 0, frameHeight = 0, active = true, bytesSent, framesEncoded } = report;
      pictures.push({
        width: frameWidth,
        height: frameHeight,
        active,
        bytes: bytesSent + (report.headerBytesSent ?? 0),
        frames: framesEncoded,
      });
    }
  }
  return pictures;
}
