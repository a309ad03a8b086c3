/** Which codecs an encrypted link uses. */
import { type Line, LINE_KIND } from "./lines.ts";

/**
 * Frames of these survive encryption: VP9 whole, VP8 with its first octets clear. H.264 and AV1
 * deliver nothing when their payload is opaque.
 */
const ENCRYPTABLE: ReadonlySet<string> = new Set(["video/vp8", "video/vp9"]);

/** They never change, and the browser takes its time to tell. */
const known = new Map<"audio" | "video", readonly RTCRtpCodec[]>();

function codecsOf(kind: "audio" | "video"): readonly RTCRtpCodec[] {
  const codecs = known.get(kind) ?? RTCRtpReceiver.getCapabilities(kind)?.codecs ?? [];
  known.set(kind, codecs);
  return codecs;
}

/**
 * The browser's codecs with the encryptable ones first: a sender uses the first that both sides
 * have. The others stay in the list because Firefox, when it may repair losses (rtx), describes the
 * repair of every codec, also of one that was left out, and Chromium refuses such a description.
 */
function encryptableFirst(): RTCRtpCodec[] {
  const codecs = codecsOf("video");
  const rank = ({ mimeType }: RTCRtpCodec) => ENCRYPTABLE.has(mimeType.toLowerCase()) ? 0 : 1;
  return [...codecs].sort((one, other) => rank(one) - rank(other));
}

/**
 * Says which codecs a line of an encrypted link likes best.
 *
 * @param redundantVoice each packet of the voice carries the one before it again (RED, RFC 2198):
 * bridges single losses at the price of twice the rate, which few links can spare in large rooms
 */
export function preferCodecs(
  transceiver: RTCRtpTransceiver,
  line: Line,
  { redundantVoice }: { redundantVoice: boolean },
): void {
  if (LINE_KIND[line] === "video") return transceiver.setCodecPreferences(encryptableFirst());
  if (line !== "microphone" || !redundantVoice) return;
  const codecs = codecsOf("audio");
  const isRedundant = ({ mimeType }: RTCRtpCodec) => mimeType.toLowerCase() === "audio/red";
  // Firefox has none.
  if (!codecs.some(isRedundant)) return;
  transceiver.setCodecPreferences([
    ...codecs.filter(isRedundant),
    ...codecs.filter((codec) => !isRedundant(codec)),
  ]);
}
