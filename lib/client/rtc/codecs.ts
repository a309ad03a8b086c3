/** Which video codecs an encrypted link uses. */

/**
 * Frames of these survive encryption: VP9 whole, VP8 with its first octets clear. H.264 and AV1
 * deliver nothing when their payload is opaque.
 */
const ENCRYPTABLE: ReadonlySet<string> = new Set(["video/vp8", "video/vp9"]);

/**
 * The browser's codecs with the encryptable ones first: a sender uses the first that both sides
 * have. The others stay in the list because Firefox, when it may repair losses (rtx), describes the
 * repair of every codec, also of one that was left out, and Chromium refuses such a description.
 */
export function encryptableFirst(): RTCRtpCodec[] {
  const codecs = RTCRtpReceiver.getCapabilities("video")?.codecs ?? [];
  const rank = ({ mimeType }: RTCRtpCodec) => ENCRYPTABLE.has(mimeType.toLowerCase()) ? 0 : 1;
  return [...codecs].sort((one, other) => rank(one) - rank(other));
}
