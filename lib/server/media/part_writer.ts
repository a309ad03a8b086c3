/** Takes in a piece of an upload, onto the end of what has come before. */
import { createHash, type Hash } from "node:crypto";
import { UPLOAD_IDLE_SECONDS } from "../../shared/protocol/limits.ts";
import { AppError } from "../app_error.ts";
import { isOfDisk } from "./recording_files.ts";

/** Asked for again while so much came in: others fill the disk, too. */
const SPACE_STEP_BYTES = 16 * 1024 * 1024;

export interface Piece {
  /** The part, whose size is where the upload stands. */
  readonly file: string;
  /** Bytes that have come before. */
  readonly offset: number;
  /** Bytes of the whole, as declared. */
  readonly length: number;
  readonly body: ReadableStream<Uint8Array> | null;
  /** Of this piece, in base64; it counts as a whole then. Null: not declared. */
  readonly sha256: string | null;
  /** Ends it where it stands. */
  readonly signal: AbortSignal;
  /** @throws AppError STORAGE_FULL */
  readonly assertSpace: () => Promise<void>;
}

/**
 * What has come when the sender falls silent is kept and on the disk when this resolves; a piece
 * that is not what its checksum says, or more than was declared, is not.
 * @returns where the upload stands now
 * @throws AppError PAYLOAD_TOO_LARGE, CHECKSUM_MISMATCH, STORAGE_FULL
 */
export async function takeIn(piece: Piece): Promise<number> {
  const { offset, sha256 } = piece;
  using file = await Deno.open(piece.file, { write: true });
  const hash = sha256 === null ? null : createHash("sha256");
  try {
    await file.seek(offset, Deno.SeekMode.Start);
    const position = await copy(piece, file, hash);
    if (hash !== null && hash.digest("base64") !== sha256) throw new AppError("CHECKSUM_MISMATCH");
    await file.sync();
    return position;
  } catch (error) {
    const failure = isOfDisk(error, "ENOSPC", "EDQUOT")
      ? new AppError("STORAGE_FULL", { reason: "disk" }, { cause: error })
      : error;
    if (hash !== null || isVoid(failure)) await file.truncate(offset);
    await file.sync();
    throw failure;
  }
}

async function copy(piece: Piece, file: Deno.FsFile, hash: Hash | null): Promise<number> {
  let position = piece.offset;
  let nextLook = position + SPACE_STEP_BYTES;
  await piece.assertSpace();
  for await (const bytes of chunksOf(piece)) {
    if (position + bytes.length > piece.length) {
      throw new AppError("PAYLOAD_TOO_LARGE", { max_bytes: piece.length });
    }
    hash?.update(bytes);
    await writeAll(file, bytes);
    position += bytes.length;
    if (position < nextLook) continue;
    await piece.assertSpace();
    nextLook = position + SPACE_STEP_BYTES;
  }
  return position;
}

/** Ends when the sender does, on purpose or not. */
async function* chunksOf({ body, signal }: Piece): AsyncGenerator<Uint8Array> {
  if (body === null) return;
  const reader = body.getReader();
  const stop = () => void reader.cancel().catch(() => {});
  signal.addEventListener("abort", stop);
  let timer = setTimeout(stop, UPLOAD_IDLE_SECONDS * 1000);
  try {
    while (!signal.aborted) {
      const { done, value } = await reader.read().catch(() => SILENCE);
      if (done || signal.aborted) return;
      clearTimeout(timer);
      timer = setTimeout(stop, UPLOAD_IDLE_SECONDS * 1000);
      yield value;
    }
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", stop);
    stop();
  }
}

/** A connection that broke says no more than one that ended: what came, came. */
const SILENCE = { done: true, value: undefined } as const;

async function writeAll(file: Deno.FsFile, bytes: Uint8Array): Promise<void> {
  for (let rest = bytes; rest.length > 0;) rest = rest.subarray(await file.write(rest));
}

/** Nothing of the piece may stay. */
function isVoid(error: unknown): boolean {
  return error instanceof AppError &&
    (error.code === "PAYLOAD_TOO_LARGE" || error.code === "CHECKSUM_MISMATCH");
}
