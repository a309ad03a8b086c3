/**
 * How a frame looks on the wire: a few clear octets that the browser's packetizer must be able to
 * read, then the SFrame. What is clear is authenticated all the same.
 */
import { type Bytes, concat, prefixed, utf8 } from "./bytes.ts";

/** The uncompressed header that RTP payloads of VP8 need to tell key frames (RFC 6386, 9.1). */
const VP8_KEY_FRAME_CLEAR_BYTES = 10;
const VP8_DELTA_FRAME_CLEAR_BYTES = 3;

export interface FrameKind {
  /** Of the metadata; `video/VP8` and so on. */
  mimeType: string;
  /** Video only. */
  type?: "key" | "delta" | "empty";
}

/**
 * Octets at the start of a frame that stay readable. Null: frames of this codec cannot be encrypted
 * so that they arrive, and must not leave.
 */
export function clearBytes({ mimeType, type }: FrameKind): number | null {
  switch (mimeType.toLowerCase()) {
    case "video/vp8":
      return type === "key" ? VP8_KEY_FRAME_CLEAR_BYTES : VP8_DELTA_FRAME_CLEAR_BYTES;
    case "video/vp9":
    case "audio/opus":
    case "audio/red":
      return 0;
    default:
      return null;
  }
}

export interface FrameContext {
  room: string;
  /** participant_id of who encrypted it, in decimal. */
  sender: string;
  /** Place of the media line in the first offer: a relay cannot show the camera as the screen. */
  line: number;
}

/** Authenticated with every frame, and never sent: both sides know it. */
export function metadataOf({ room, sender, line }: FrameContext, clear: Uint8Array): Bytes {
  return concat(prefixed(utf8(room)), prefixed(utf8(sender)), new Uint8Array([line]), clear);
}
