/** Giving out a file that was uploaded: of a fixed type, and never as something to run. */
import { AppError } from "../app_error.ts";
import type { StoredFile } from "../services/recordings.ts";
import { RecordingFileQuery } from "../../shared/protocol/recordings.ts";
import type { ApiCall } from "./api.ts";
import { byteRange } from "./byte_range.ts";

/** 200 or 206. @throws AppError RANGE_NOT_SATISFIABLE */
export async function storedFile(call: ApiCall, file: StoredFile): Promise<Response> {
  const { req } = call;
  const isInline = call.query(RecordingFileQuery).inline !== undefined;
  const { type, name, bytes: size, etag } = file;
  const headers = new Headers({
    "accept-ranges": "bytes",
    "content-type": type,
    "content-disposition": `${isInline ? "inline" : "attachment"}; filename="${name}"`,
    etag,
  });
  // A part of another file than the one that was begun would spoil it.
  const isSame = [null, etag].includes(req.headers.get("if-range"));
  const range = isSame ? byteRange(req.headers.get("range"), size) : null;
  if (range === "unsatisfiable") throw new AppError("RANGE_NOT_SATISFIABLE", { file_size: size });
  const slice = range ?? { start: 0, bytes: size };
  headers.set("content-length", String(slice.bytes));
  if (range !== null) {
    const last = range.start + range.bytes - 1;
    headers.set("content-range", `bytes ${range.start}-${last}/${size}`);
  }
  const body = req.method === "HEAD" ? null : await file.open(slice);
  return new Response(body, { status: range === null ? 200 : 206, headers });
}
