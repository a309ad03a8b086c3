/**
 * What this side asks of the voices that come to it. Browsers offer in-band error correction by
 * themselves, silence that is not sent (DTX) they only do when the other side's description asks.
 */
import type { PeerKind } from "./peer_link_ports.ts";

/** The description as it goes out; clients other than ours get what the browser made. */
export function asSent(kind: PeerKind, { sdp }: RTCSessionDescription): string {
  return kind === "mesh" ? askForDtx(sdp) : sdp;
}

/**
 * The description with the wish for DTX on its first audio line; lines after it carry shared sound,
 * whose quiet passages are music. What this browser itself has applied stays as it is.
 */
export function askForDtx(sdp: string): string {
  const sections = sdp.split(/(?=^m=)/m);
  const index = sections.findIndex((section) => section.startsWith("m=audio"));
  const voice = sections[index];
  if (voice === undefined) return sdp;
  const payload = /^a=rtpmap:(\d+) opus\//mi.exec(voice)?.[1];
  if (payload === undefined) return sdp;
  const parameters = new RegExp(`^(a=fmtp:${payload} )(.*)$`, "m");
  sections[index] = voice.replace(
    parameters,
    (line, head: string, rest: string) =>
      rest.includes("usedtx=") ? line : `${head}${rest.trimEnd()};usedtx=1${lineEnd(rest)}`,
  );
  return sections.join("");
}

/** `.` matches a carriage return too. */
function lineEnd(rest: string): string {
  return rest.endsWith("\r") ? "\r" : "";
}
