/** The file of a recording on its way to the server: tus 1.0. */
import { answer, done, type Operation } from "./operations_model.ts";
import { RECORDING_ID, UPLOAD_ID } from "./operations_parameters.ts";
import { Upload } from "./recordings.ts";
import {
  BeginUploadHeaders,
  EndUploadHeaders,
  PIECE_TYPE,
  TUS_VERSION,
  UploadPieceHeaders,
} from "./uploads.ts";

/** The smallest thing that begins as an MP4 does: one box, `ftyp`. */
export const SMALLEST_MP4 = "\0\0\0\x18ftypisom\0\0\0\0isomiso2";

const VERSION = { "Tus-Resumable": TUS_VERSION };
const OFFSET = { "Upload-Offset": "Bytes that have come: where the upload stands now." };
const ERRORS = ["RECORDING_NOT_FOUND", "FORBIDDEN", "CONFLICT"] as const;

export const UPLOAD_OPERATIONS: readonly Operation[] = [
  {
    id: "beginUpload",
    group: "Recordings",
    method: "POST",
    path: "/video/recordings/{recording_id}/uploads",
    summary: "Begin to upload the file of a recording",
    details: "Resumable uploads as in tus 1.0.0, with `creation`, `termination` and `checksum`: " +
      "every client of tus will do. By who recorded, once the recording has ended. A new upload " +
      "takes the place of an unfinished one. `Tus-Max-Size` says how large a film may be.",
    who: "person",
    params: { recording_id: RECORDING_ID },
    headers: {
      schema: BeginUploadHeaders,
      example: {
        ...VERSION,
        "Upload-Length": String(SMALLEST_MP4.length),
        "Upload-Metadata": "filetype dmlkZW8vbXA0",
      },
    },
    answers: [{
      status: 201,
      description: "It may come",
      headers: { "Location": "Where to send the pieces.", ...OFFSET },
    }],
    errors: [
      ...ERRORS,
      "RECORDING_RUNNING",
      "UPLOAD_VERSION_UNSUPPORTED",
      "PAYLOAD_TOO_LARGE",
      "STORAGE_FULL",
    ],
  },
  {
    id: "getUpload",
    group: "Recordings",
    method: "GET",
    path: "/video/recordings/{recording_id}/uploads/{upload_id}",
    summary: "Where an upload stands",
    details: "`HEAD` says it as tus does, in `Upload-Offset` and `Upload-Length`.",
    who: "person",
    params: { recording_id: RECORDING_ID, upload_id: UPLOAD_ID },
    answers: [{
      ...answer(200, {
        description: "The upload",
        schema: Upload,
        example: {
          upload_id: "0d2ff2b5-4f3e-4b57-8d4a-0e4a6f2f8f11",
          recording_id: 1,
          kind: "video",
          upload_length: 1024,
          upload_offset: 512,
          is_finished: false,
        },
      }),
      headers: { ...OFFSET, "Upload-Length": "Bytes of the whole." },
    }],
    errors: [...ERRORS, "UNSUPPORTED_MEDIA_TYPE", "CHECKSUM_MISMATCH"],
  },
  {
    id: "continueUpload",
    group: "Recordings",
    method: "PATCH",
    path: "/video/recordings/{recording_id}/uploads/{upload_id}",
    summary: "Send the next piece of an upload",
    details: "From where the upload stands. What has come when the connection breaks is kept. " +
      "When all of it is here, the file is checked and the recording is available.",
    who: "person",
    params: { recording_id: RECORDING_ID, upload_id: UPLOAD_ID },
    headers: { schema: UploadPieceHeaders, example: { ...VERSION, "Upload-Offset": "0" } },
    content: { type: PIECE_TYPE, example: SMALLEST_MP4 },
    answers: [{ ...done("Taken"), headers: OFFSET }],
    errors: [
      ...ERRORS,
      "UPLOAD_OFFSET_MISMATCH",
      "UPLOAD_VERSION_UNSUPPORTED",
      "PAYLOAD_TOO_LARGE",
      "UNSUPPORTED_MEDIA_TYPE",
      "CHECKSUM_MISMATCH",
      "STORAGE_FULL",
    ],
  },
  {
    id: "cancelUpload",
    group: "Recordings",
    method: "DELETE",
    path: "/video/recordings/{recording_id}/uploads/{upload_id}",
    summary: "Give an upload up",
    details: "What has come of it is deleted.",
    who: "person",
    params: { recording_id: RECORDING_ID, upload_id: UPLOAD_ID },
    headers: { schema: EndUploadHeaders, example: VERSION },
    answers: [done("Gone")],
    errors: [...ERRORS, "UPLOAD_VERSION_UNSUPPORTED"],
  },
];
