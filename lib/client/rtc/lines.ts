/**
 * The fixed media lines of a link, in the order of the first offer. Devices come and go by
 * `replaceTrack` on these; the descriptions never change again.
 */
import type { PeerKind } from "./peer_link_ports.ts";

export const LINES = ["microphone", "camera", "screen", "screen_audio"] as const;
export type Line = (typeof LINES)[number];

export const LINE_KIND: Readonly<Record<Line, "audio" | "video">> = {
  microphone: "audio",
  camera: "video",
  screen: "video",
  screen_audio: "audio",
};

/** What clients other than ours understand: one audio and one video line. */
const PLAIN_LINES: readonly Line[] = ["microphone", "camera"];

export function linesFor(kind: PeerKind): readonly Line[] {
  return kind === "mesh" ? LINES : PLAIN_LINES;
}

/** What this person sends now; null for what is switched off. */
export type LocalTracks = Readonly<Record<Line, MediaStreamTrack | null>>;

export const NO_TRACKS: LocalTracks = {
  microphone: null,
  camera: null,
  screen: null,
  screen_audio: null,
};

/** Others have no screen line: the screen takes the camera's place, as the documents' client does. */
export function trackFor(
  kind: PeerKind,
  line: Line,
  tracks: LocalTracks,
): MediaStreamTrack | null {
  if (kind !== "mesh" && line === "camera") return tracks.screen ?? tracks.camera;
  return tracks[line];
}

/** Lines of ours have their places; those of others are told by their kind, in order. */
export function lineOf(
  kind: PeerKind,
  transceiver: RTCRtpTransceiver,
  all: readonly RTCRtpTransceiver[],
): Line | undefined {
  if (kind === "mesh") return LINES[all.indexOf(transceiver)];
  const { kind: media } = transceiver.receiver.track;
  const sameKind = all.filter((other) => other.receiver.track.kind === media);
  const lines = LINES.filter((line) => LINE_KIND[line] === media);
  return lines[sameKind.indexOf(transceiver)];
}
