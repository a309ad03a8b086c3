/** Administration: recordings. */
import { EXAMPLE_RECORDING } from "./operations_examples.ts";
import { answer, done, type Operation } from "./operations_model.ts";
import { RECORDING_ID } from "./operations_parameters.ts";
import { FILE_REQUEST, fileAnswers } from "./operations_recordings.ts";
import { AdminRecordingsAnswer, AdminRecordingsQuery } from "./recordings.ts";

export const ADMIN_RECORDING_OPERATIONS: readonly Operation[] = [
  {
    id: "adminListRecordings",
    group: "Administration",
    method: "GET",
    path: "/api/admin/recordings",
    summary: "All recordings, newest first, and the room they take",
    who: "admin",
    query: { schema: AdminRecordingsQuery, example: { q: "Ann", limit: 20, offset: 0 } },
    answers: [
      answer(200, {
        description: "One page",
        schema: AdminRecordingsAnswer,
        example: {
          items: [{ ...EXAMPLE_RECORDING, room_code: "ABC12345" }],
          total: 1,
          limit: 20,
          offset: 0,
          storage: {
            used_bytes: 1024,
            free_bytes: 50_000_000_000,
            limit_bytes: null,
            max_size_bytes: 1_073_741_824,
          },
        },
      }),
    ],
  },
  {
    id: "adminDeleteRecording",
    group: "Administration",
    method: "DELETE",
    path: "/api/admin/recordings/{recording_id}",
    summary: "Delete a recording with its files",
    details: "One that runs is stopped first.",
    who: "admin",
    params: { recording_id: RECORDING_ID },
    answers: [done("Gone")],
    errors: ["RECORDING_NOT_FOUND", "CONFLICT"],
  },
  {
    id: "adminGetRecordingFile",
    group: "Administration",
    method: "GET",
    path: "/api/admin/recordings/{recording_id}/file",
    summary: "The film of a recording",
    who: "admin",
    params: { recording_id: RECORDING_ID },
    ...FILE_REQUEST,
    answers: fileAnswers("video/mp4", "All of it"),
    errors: ["RECORDING_NOT_FOUND", "RECORDING_NOT_READY", "RANGE_NOT_SATISFIABLE"],
  },
  {
    id: "adminGetRecordingThumbnail",
    group: "Administration",
    method: "GET",
    path: "/api/admin/recordings/{recording_id}/thumbnail",
    summary: "The picture that stands for a recording",
    who: "admin",
    params: { recording_id: RECORDING_ID },
    ...FILE_REQUEST,
    answers: fileAnswers("image/jpeg", "The picture"),
    errors: ["RECORDING_NOT_FOUND", "RANGE_NOT_SATISFIABLE"],
  },
];
