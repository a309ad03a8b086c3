/**
 * The fixed media lines of a link, in the order of the first offer. Devices come and go by
 * `replaceTrack` on these; the descriptions never change again.
 */
export const LINES = ["microphone", "camera", "screen", "screen_audio"] as const;
export type Line = (typeof LINES)[number];

export const LINE_KIND: Readonly<Record<Line, "audio" | "video">> = {
  microphone: "audio",
  camera: "video",
  screen: "video",
  screen_audio: "audio",
};

/** What a client of the documented protocol understands: one audio and one video line. */
export const RAW_LINES: readonly Line[] = ["microphone", "camera"];

/** What this person sends now; null for what is switched off. */
export type LocalTracks = Readonly<Record<Line, MediaStreamTrack | null>>;

export const NO_TRACKS: LocalTracks = {
  microphone: null,
  camera: null,
  screen: null,
  screen_audio: null,
};
