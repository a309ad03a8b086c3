/** The upload protocol on HTTP: tus 1.0.0. What it says of headers is in `protocol/uploads.ts`. */
import type { Upload } from "../../shared/protocol/recordings.ts";
import {
  BeginUploadHeaders,
  EndUploadHeaders,
  PIECE_TYPE,
  TUS_CHECKSUMS,
  TUS_EXTENSIONS,
  TUS_VERSION,
  UploadPieceHeaders,
} from "../../shared/protocol/uploads.ts";
import { AppError } from "../app_error.ts";
import { container } from "../container.ts";
import type { UploadPiece, UploadWish } from "../services/recording_uploads.ts";
import { type ApiCall, type ApiMethods, type ApiOptions, noContent } from "./api.ts";

const WITH_TUS: ApiOptions = {
  headers: () => ({
    "tus-resumable": TUS_VERSION,
    "tus-version": TUS_VERSION,
    "tus-extension": TUS_EXTENSIONS,
    "tus-checksum-algorithm": TUS_CHECKSUMS,
    "tus-max-size": String(container().services.recordingUploads.maxBytes),
  }),
};

/** Where uploads begin; who asks what is spoken here hears it, too. */
export const uploadsMethods: readonly [ApiMethods, ApiOptions] = [{
  async POST(call) {
    const caller = await call.caller();
    const recordingId = call.id("id");
    const wish = uploadWish(call);
    const { upload_id } = await call.services.recordingUploads.create(recordingId, caller, wish);
    const location = `/video/recordings/${recordingId}/uploads/${upload_id}`;
    return new Response(null, { status: 201, headers: { location, "upload-offset": "0" } });
  },
}, WITH_TUS];

/** One upload. `HEAD` is `GET` without a body, as everywhere. */
export const uploadMethods: readonly [ApiMethods, ApiOptions] = [{
  async GET(call) {
    const caller = await call.caller();
    const upload = await call.services.recordingUploads.status(uploadName(call), caller);
    return Response.json(upload, { headers: offsetHeaders(upload) });
  },

  async PATCH(call) {
    const caller = await call.caller();
    const name = uploadName(call);
    const piece = uploadPiece(call);
    const offset = await call.services.recordingUploads.append(name, caller, piece);
    return new Response(null, { status: 204, headers: { "upload-offset": String(offset) } });
  },

  async DELETE(call) {
    const caller = await call.caller();
    const name = uploadName(call);
    assertVersion(call.headers(EndUploadHeaders)["Tus-Resumable"]);
    await call.services.recordingUploads.cancel(name, caller);
    return noContent();
  },
}, WITH_TUS];

function uploadName(call: ApiCall) {
  return { recordingId: call.id("id"), uploadId: call.param("upload_id") };
}

/** @throws AppError UPLOAD_VERSION_UNSUPPORTED, VALIDATION_ERROR */
function uploadWish(call: ApiCall): UploadWish {
  assertVersion(call.req.headers.get("tus-resumable"));
  const said = call.headers(BeginUploadHeaders);
  return { ...said["Upload-Metadata"], length: said["Upload-Length"] };
}

/** @throws AppError UPLOAD_VERSION_UNSUPPORTED, UNSUPPORTED_MEDIA_TYPE, VALIDATION_ERROR */
function uploadPiece(call: ApiCall): UploadPiece {
  const { req } = call;
  assertVersion(req.headers.get("tus-resumable"));
  if (req.headers.get("content-type") !== PIECE_TYPE) throw new AppError("UNSUPPORTED_MEDIA_TYPE");
  const said = call.headers(UploadPieceHeaders);
  const sha256 = said["Upload-Checksum"]?.split(" ")[1] ?? null;
  return { offset: said["Upload-Offset"], body: req.body, sha256 };
}

function assertVersion(version: string | null | undefined): void {
  if (version !== TUS_VERSION) throw new AppError("UPLOAD_VERSION_UNSUPPORTED");
}

function offsetHeaders({ upload_offset, upload_length }: Upload): Record<string, string> {
  return { "upload-offset": String(upload_offset), "upload-length": String(upload_length) };
}
