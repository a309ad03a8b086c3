/** Whether a file is what it was said to be. */
import { createHash } from "node:crypto";
import type { UploadKind } from "../../shared/protocol/recordings.ts";

/** An MP4 shows itself by then, and a JPEG sooner. */
export const TELLING_BYTES = 12;
/** Small enough that calls go on undisturbed while a large file is read. */
const READ_BYTES = 256 * 1024;

/** By its first bytes. MP4: a box `ftyp` comes first (ISO/IEC 14496-12). JPEG: SOI and a marker. */
export function looksLike(kind: UploadKind, head: Uint8Array): boolean {
  if (kind === "thumbnail") return head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff;
  return String.fromCharCode(...head.subarray(4, 8)) === "ftyp";
}

export async function headOf(file: string): Promise<Uint8Array> {
  using open = await Deno.open(file);
  const head = new Uint8Array(TELLING_BYTES);
  const count = await open.read(head);
  return head.subarray(0, count ?? 0);
}

/** SHA-256 in lower-case hexadecimal. */
export async function sha256Of(file: string): Promise<string> {
  const hash = createHash("sha256");
  using open = await Deno.open(file);
  const buffer = new Uint8Array(READ_BYTES);
  for (let count = await open.read(buffer); count !== null; count = await open.read(buffer)) {
    hash.update(buffer.subarray(0, count));
  }
  return hash.digest("hex");
}
