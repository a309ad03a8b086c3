/** The page's own connections, asked by a test that put `keepConnections` into the page. */

type Page = typeof globalThis & { __connections?: RTCPeerConnection[] };

/** Breaks the connection whose picture this video shows: closed on this side, without a word. */
export function closeConnectionOf(selector: string): boolean {
  const stream = document.querySelector<HTMLVideoElement>(selector)?.srcObject;
  const track = stream instanceof MediaStream ? stream.getVideoTracks()[0] : undefined;
  const connection = (globalThis as Page).__connections?.find((each) =>
    each.getReceivers().some((receiver) => receiver.track === track)
  );
  connection?.close();
  return connection !== undefined;
}

/** Names the present ICE generation of the other side of every connection that is up. */
export function remoteGenerations(): string[] {
  return ((globalThis as Page).__connections ?? [])
    .filter(({ connectionState }) => connectionState === "connected")
    .map((each) => /a=ice-ufrag:(\S+)/.exec(each.remoteDescription?.sdp ?? "")?.[1] ?? "");
}

/** Seconds that received pictures stood still, in the browser's own count. */
export async function frozenSeconds(): Promise<number> {
  let seconds = 0;
  for (const connection of (globalThis as Page).__connections ?? []) {
    for (const report of (await connection.getStats()).values()) {
      if (report.type === "inbound-rtp") seconds += report.totalFreezesDuration ?? 0;
    }
  }
  return seconds;
}
