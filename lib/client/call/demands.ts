/** What everybody looks at, as the budget wants to know it. */
import type { Demand } from "../quality/decide.ts";
import type { Box, Source, VideoLine } from "../quality/rungs.ts";
import type { ViewMessage } from "../quality/view_message.ts";
import type { LocalTracks } from "../rtc/lines.ts";
import type { Mesh } from "../rtc/mesh.ts";
import type { PeerLink } from "../rtc/peer_link.ts";

/** Until somebody tells how large the picture is shown: small, so that it is there early. */
const UNTOLD: Box = { width: 320, height: 180 };
/** Clients other than ours never tell; what they get depends on how many share the room. */
const NEVER_TOLD: readonly { links: number; box: Box }[] = [
  { links: 1, box: { width: 1280, height: 720 } },
  { links: 3, box: { width: 640, height: 360 } },
];
/** Before the browser knows its own track. */
const USUAL: Source = { width: 1280, height: 720, fps: 30 };

export interface Looks {
  tracks: LocalTracks;
  /** What this person shows of us; undefined: has not told yet. */
  view(id: number): ViewMessage | undefined;
}

export function demandsOf(mesh: Mesh, { tracks, view }: Looks): Demand[] {
  const links = [...mesh.links()].filter(([, { phase }]) => phase === "connected");
  const sources = { camera: sourceOf(tracks.camera), screen: sourceOf(tracks.screen) };
  return links.flatMap(([id, link]) => {
    const told = view(id) ?? { camera: UNTOLD, screen: UNTOLD };
    if (link.kind === "mesh") {
      return (["camera", "screen"] as const).flatMap((line) => {
        const source = sources[line];
        return source === null ? [] : [{ link: id, line, source, box: told[line] }];
      });
    }
    const box = NEVER_TOLD.find((each) => links.length <= each.links)?.box ?? UNTOLD;
    const line: VideoLine = sources.screen === null ? "camera" : "screen";
    const source = sources[line];
    return source === null ? [] : [{ link: id, line, source, box }];
  });
}

/** The sender of a picture: clients other than ours have one place for camera and screen. */
export function senderOf(link: PeerLink | undefined, line: VideoLine): RTCRtpSender | undefined {
  return link?.sender(link.kind === "mesh" ? line : "camera");
}

function sourceOf(track: MediaStreamTrack | null): Source | null {
  if (track === null) return null;
  const { width, height, frameRate } = track.getSettings();
  if (!width || !height) return USUAL;
  return { width, height, fps: frameRate ?? 0 };
}
