/** Recordings (video-api.ru.md, "Запись звонков"). */
import { z } from "zod";
import { EXAMPLE_RECORDING } from "./operations_examples.ts";
import { type Answer, answer, done, type Operation, ROOM_ERRORS } from "./operations_model.ts";
import { RECORDING_ID, ROOM_CODE } from "./operations_parameters.ts";
import {
  Recording,
  RecordingFileQuery,
  RecordingListQuery,
  RecordingTicket,
} from "./recordings.ts";
import { RangeHeaders } from "./uploads.ts";

const RUNS: Recording = {
  ...EXAMPLE_RECORDING,
  ended_at: null,
  file_size: 0,
  duration: 0,
  is_available: false,
  thumbnail_path: null,
  state: "recording",
  uploaded_bytes: 0,
};

const ENDED: Recording = {
  ...RUNS,
  ended_at: EXAMPLE_RECORDING.ended_at,
  duration: 3600,
  is_processing: true,
  state: "finishing",
};

const TICKET = {
  upload_url: "https://call.example.com/video/recordings/1/uploads",
  max_size_bytes: 1_073_741_824,
};

/** The file of a recording, or a part of it. */
export function fileAnswers(type: string, what: string): [Answer, Answer] {
  const headers = {
    "Accept-Ranges": "`bytes`.",
    "Content-Length": "Bytes of the body.",
    "Content-Disposition": "`attachment`, or `inline` where that was asked for.",
    "ETag": "For `If-Range`.",
  };
  return [
    { status: 200, description: what, type, headers },
    {
      status: 206,
      description: "The part that `Range` asked for",
      type,
      headers: { ...headers, "Content-Range": "Which part it is, and of how much." },
    },
  ];
}

/** How a file is asked for. */
export const FILE_REQUEST = {
  query: { schema: RecordingFileQuery, example: {} },
  headers: { schema: RangeHeaders, example: {} },
} as const;

export const RECORDING_OPERATIONS: readonly Operation[] = [
  {
    id: "startRecording",
    group: "Recordings",
    method: "POST",
    path: "/video/rooms/{room_code}/recording/start",
    summary: "Start recording a room",
    details: "Everybody in the room is told, and who comes later, too. Sound and picture do not " +
      "pass the server: whoever starts makes the file, and uploads it when the recording has " +
      "ended. It ends by itself when who started it leaves the room, and with the room.",
    who: "lead",
    params: { room_code: ROOM_CODE },
    answers: [
      answer(201, {
        description: "It runs",
        schema: RecordingTicket,
        example: { ...RUNS, ...TICKET },
      }),
    ],
    errors: [...ROOM_ERRORS, "RECORDING_DISABLED", "RECORDING_RUNNING", "STORAGE_FULL", "CONFLICT"],
  },
  {
    id: "stopRecording",
    group: "Recordings",
    method: "POST",
    path: "/video/rooms/{room_code}/recording/stop",
    summary: "Stop the recording of a room",
    details: "Also by who started it, whatever their role is now.",
    who: "lead",
    params: { room_code: ROOM_CODE },
    answers: [
      answer(200, {
        description: "It has ended",
        schema: RecordingTicket,
        example: { ...ENDED, ...TICKET },
      }),
    ],
    errors: [...ROOM_ERRORS, "RECORDING_NOT_RUNNING", "CONFLICT"],
  },
  {
    id: "listRecordings",
    group: "Recordings",
    method: "GET",
    path: "/video/recordings",
    summary: "List recordings, newest first",
    details: "Those of rooms that you made or lead, and those that you recorded; of ended rooms, " +
      "too.",
    who: "person",
    query: { schema: RecordingListQuery, example: { limit: 20, offset: 0 } },
    answers: [
      answer(200, {
        description: "One page of recordings",
        schema: z.array(Recording),
        example: [EXAMPLE_RECORDING],
      }),
    ],
  },
  {
    id: "getRecording",
    group: "Recordings",
    method: "GET",
    path: "/video/recordings/{recording_id}",
    summary: "Look at a recording",
    who: "person",
    params: { recording_id: RECORDING_ID },
    answers: [
      answer(200, {
        description: "The recording",
        schema: Recording,
        example: EXAMPLE_RECORDING,
      }),
    ],
    errors: ["RECORDING_NOT_FOUND"],
  },
  {
    id: "deleteRecording",
    group: "Recordings",
    method: "DELETE",
    path: "/video/recordings/{recording_id}",
    summary: "Delete a recording with its files",
    details: "By a host of the room or who recorded. One that runs is stopped first.",
    who: "person",
    params: { recording_id: RECORDING_ID },
    answers: [done("Gone")],
    errors: ["RECORDING_NOT_FOUND", "FORBIDDEN", "CONFLICT"],
  },
  {
    id: "getRecordingFile",
    group: "Recordings",
    method: "GET",
    path: "/video/recordings/{recording_id}/file",
    summary: "The film",
    who: "person",
    params: { recording_id: RECORDING_ID },
    ...FILE_REQUEST,
    answers: fileAnswers("video/mp4", "All of it"),
    errors: ["RECORDING_NOT_FOUND", "RECORDING_NOT_READY", "RANGE_NOT_SATISFIABLE"],
  },
  {
    id: "getRecordingThumbnail",
    group: "Recordings",
    method: "GET",
    path: "/video/recordings/{recording_id}/thumbnail",
    summary: "The picture that stands for it",
    who: "person",
    params: { recording_id: RECORDING_ID },
    ...FILE_REQUEST,
    answers: fileAnswers("image/jpeg", "The picture"),
    errors: ["RECORDING_NOT_FOUND", "RANGE_NOT_SATISFIABLE"],
  },
];
