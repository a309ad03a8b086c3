/**
 * How a picture begins: small, so that its first frame is encoded and sent at once. It grows when
 * the other side has told how large it is shown; somebody who never tells still sees something.
 */
import { type Line, LINE_KIND } from "./lines.ts";

const FIRST_P = 180;
/** Of a camera that has not said its size. */
const USUAL_P = 720;
const FIRST_KBPS = 250;

/** For the side that makes the line; others take what the browser does. */
export function firstEncodings(
  line: Line,
  track: MediaStreamTrack | null,
): RTCRtpEncodingParameters[] {
  if (LINE_KIND[line] === "audio") return [{}];
  const { width = USUAL_P, height = USUAL_P } = track?.getSettings?.() ?? {};
  const scale = Math.max(1, Math.min(width, height) / FIRST_P);
  return [{ scaleResolutionDownBy: scale, maxBitrate: FIRST_KBPS * 1_000 }];
}

/** For the side that takes the line as the offer made it. */
export function beginSmall(
  sender: RTCRtpSender,
  line: Line,
  track: MediaStreamTrack | null,
): void {
  if (LINE_KIND[line] === "audio" || sender.getParameters === undefined) return;
  const parameters = sender.getParameters();
  const [first] = parameters.encodings ?? [];
  if (first === undefined) return;
  Object.assign(first, firstEncodings(line, track)[0]);
  // Refused when the link is replaced meanwhile: then nothing begins here.
  sender.setParameters(parameters).catch(() => {});
}
