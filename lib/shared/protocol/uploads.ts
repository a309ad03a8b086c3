/**
 * Headers of resumable uploads: tus 1.0.0 with creation, termination and checksum
 * (https://tus.io/protocols/resumable-upload). Names are written as the protocol writes them.
 */
import { z } from "zod";
import { UploadKind } from "./recordings.ts";

export const TUS_VERSION = "1.0.0";
export const TUS_EXTENSIONS = "creation,termination,checksum";
export const TUS_CHECKSUMS = "sha256";
/** Of the pieces. */
export const PIECE_TYPE = "application/offset+octet-stream";

const KINDS: Readonly<Record<string, UploadKind>> = {
  "video/mp4": "video",
  "image/jpeg": "thumbnail",
};
const MAX_METADATA_CHARS = 4096;

const Version = z.string().optional();
const Bytes = z.string().regex(/^\d{1,15}$/).transform(Number);

/** `key base64,key base64`; of the values UTF-8 only. */
function parseMetadata(text: string, context: z.core.$RefinementCtx<string>): UploadMetadata {
  const said = new Map(
    text.split(",").map((pair) => {
      const [key = "", value = ""] = pair.trim().split(" ");
      return [key, decodeBase64(value)];
    }),
  );
  const problem = (message: string) => {
    context.addIssue({ code: "custom", message });
    return z.NEVER;
  };
  const kind = KINDS[said.get("filetype") ?? ""];
  if (kind === undefined) return problem("filetype_must_be_video/mp4_or_image/jpeg");
  const sha256 = said.get("sha256") ?? null;
  if (sha256 !== null && !/^[0-9a-f]{64}$/i.test(sha256)) return problem("sha256_must_be_hex");
  return { kind, sha256: sha256?.toLowerCase() ?? null };
}

/** What `Upload-Metadata` says. */
export interface UploadMetadata {
  kind: UploadKind;
  /** Of the whole file, in hexadecimal; null: not declared. */
  sha256: string | null;
}

/** Empty when it is none. What the protocol puts there is ASCII. */
function decodeBase64(text: string): string {
  try {
    return String.fromCharCode(...Uint8Array.fromBase64(text));
  } catch {
    return "";
  }
}

/** Of `POST`: begins an upload. */
export const BeginUploadHeaders = z.object({
  /** `1.0.0`. */
  "Tus-Resumable": Version,
  /** Bytes of the whole file. */
  "Upload-Length": Bytes.refine((bytes) => bytes > 0, "too_small"),
  /**
   * `filetype`: `video/mp4`, or `image/jpeg` for the thumbnail. `sha256`, may be left out: of the
   * whole file, in hexadecimal; then the file is taken only if it is that. Values are in base64.
   */
  "Upload-Metadata": z.string().max(MAX_METADATA_CHARS).transform(parseMetadata),
});

/** Of `PATCH`: a piece. */
export const UploadPieceHeaders = z.object({
  /** `1.0.0`. */
  "Tus-Resumable": Version,
  /** Bytes that have come before: where the upload stands. */
  "Upload-Offset": Bytes,
  /** `sha256` and, after a space, that of the piece in base64. May be left out. */
  "Upload-Checksum": z.string().regex(/^sha256 [A-Za-z0-9+/]{43}=$/).optional(),
});

/** Of `DELETE`: gives the upload up. */
export const EndUploadHeaders = z.object({
  /** `1.0.0`. */
  "Tus-Resumable": Version,
});

/** Of the file: a part of it. */
export const RangeHeaders = z.object({
  /** As in `bytes=0-1023`; several ranges at once get the whole. May be left out. */
  "Range": z.string().optional(),
});
