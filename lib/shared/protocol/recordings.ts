/**
 * Recordings (video-api.ru.md, "Запись звонков"). Whoever records makes the file and uploads it;
 * the server keeps account of it, takes it in and gives it out.
 */
import { z } from "zod";
import { pageOf, Paging, Search } from "./admin.ts";
import { MAX_PAGE_LIMIT } from "./limits.ts";

const Id = z.int().positive();

/**
 * `recording`: it runs. `finishing`: it has ended, the file is to come. `uploading`: the file is
 * coming. `available`: the file is here. `failed`: see `failure`; it can still be uploaded.
 */
export const RecordingState = z.enum([
  "recording",
  "finishing",
  "uploading",
  "available",
  "failed",
]);
export type RecordingState = z.infer<typeof RecordingState>;

/**
 * `abandoned`: the file did not come in time. `checksum`: what came is not what was announced.
 * `wrong_type`: what came is no MP4. `lost`: the file is gone from the server's disk.
 */
export const RecordingFailure = z.enum(["abandoned", "checksum", "wrong_type", "lost"]);
export type RecordingFailure = z.infer<typeof RecordingFailure>;

/** Why a recording has ended. */
export const RecordingEnd = z.enum([
  "stopped",
  "recorder_left",
  "room_empty",
  "room_ended",
  "disabled",
  "too_long",
  "deleted",
]);
export type RecordingEnd = z.infer<typeof RecordingEnd>;

/** A recording, as the documents have it, and what we add. */
export const Recording = z.object({
  recording_id: Id,
  room_id: Id,
  /** user_id of who records. */
  started_by: Id,
  started_at: z.iso.datetime(),
  /** Null: it runs. */
  ended_at: z.iso.datetime().nullable(),
  /** Name of the file, whether it is here already or not; `…/file` is where to get it. */
  file_path: z.string(),
  /** Bytes; 0 until it is available. */
  file_size: z.int().min(0),
  /** Seconds from start to end. */
  duration: z.int().min(0),
  /** It has ended, and its file is not here yet. */
  is_processing: z.boolean(),
  is_available: z.boolean(),
  /** Null: there is none. `…/thumbnail` is where to get it. */
  thumbnail_path: z.string().nullable(),
  room_name: z.string(),
  started_by_name: z.string(),
  state: RecordingState,
  failure: RecordingFailure.nullable(),
  /** How much of the file has come. */
  uploaded_bytes: z.int().min(0),
  /** The caller may delete it. */
  can_delete: z.boolean(),
});
export type Recording = z.infer<typeof Recording>;

/** Answer of starting and stopping: with where to send the file. */
export const RecordingTicket = Recording.extend({
  /** Begin the upload here (tus 1.0, creation), once it has ended. */
  upload_url: z.url(),
  /** Largest file that is taken. */
  max_size_bytes: z.int().positive(),
});
export type RecordingTicket = z.infer<typeof RecordingTicket>;

/** Query of `GET /video/recordings`; newest first. */
export const RecordingListQuery = z.object({
  room_id: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER).optional(),
  limit: Paging.limit,
  offset: Paging.offset,
});
export type RecordingListQuery = z.infer<typeof RecordingListQuery>;

/** Query of the file and the thumbnail. */
export const RecordingFileQuery = z.object({
  /** To be shown rather than saved; any value will do. */
  inline: z.string().optional(),
});

/** What everyone in the room knows of the recording that runs. */
export const RunningRecording = z.object({
  recording_id: Id,
  room_id: Id,
  /** user_id of who records. */
  started_by: Id,
  started_by_name: z.string(),
  started_at: z.iso.datetime(),
});
export type RunningRecording = z.infer<typeof RunningRecording>;

/** Data of the event `recording_stopped`. */
export interface RecordingStopped {
  recording_id: number;
  room_id: number;
  ended_at: string;
  reason: RecordingEnd;
  /** user_id of who stopped it; null: nobody. */
  stopped_by: number | null;
}

/** Data of the event `recording_available`. */
export interface RecordingAvailable {
  recording_id: number;
  room_id: number;
  file_size: number;
  duration: number;
}

// ── Upload ──────────────────────────────────────────────────────────────────────────────────────

/** What an upload is: the film, or the picture that stands for it. */
export const UploadKind = z.enum(["video", "thumbnail"]);
export type UploadKind = z.infer<typeof UploadKind>;

/** Answer of `GET` on an upload; `HEAD` says the same in `Upload-Offset` and `Upload-Length`. */
export const Upload = z.object({
  upload_id: z.string(),
  recording_id: Id,
  kind: UploadKind,
  upload_length: z.int().positive(),
  upload_offset: z.int().min(0),
  /** All of it has come and was found in order. */
  is_finished: z.boolean(),
});
export type Upload = z.infer<typeof Upload>;

// ── Administration ──────────────────────────────────────────────────────────────────────────────

/** Query of `GET /api/admin/recordings`; newest first. */
export const AdminRecordingsQuery = z.object({
  ...Paging,
  /** In the name of the room or of who recorded, or a whole recording_id. */
  q: Search,
  state: RecordingState.optional(),
});
export type AdminRecordingsQuery = z.infer<typeof AdminRecordingsQuery>;

/** Row of `GET /api/admin/recordings`; `DELETE /api/admin/recordings/{recording_id}` deletes: 204. */
export const AdminRecording = Recording.extend({ room_code: z.string() });
export type AdminRecording = z.infer<typeof AdminRecording>;

/** How much room recordings take, and have. */
export const RecordingStorage = z.object({
  /** Files that are here, and what has come of those that are on their way. */
  used_bytes: z.int().min(0),
  /** On the disk they lie on. Null: cannot be told. */
  free_bytes: z.number().nullable(),
  /** For all together, as configured. Null: as much as the disk holds. */
  limit_bytes: z.int().nullable(),
  /** The largest file that is taken. */
  max_size_bytes: z.int(),
});
export type RecordingStorage = z.infer<typeof RecordingStorage>;

/** Answer of `GET /api/admin/recordings`: a page, and what all of them take up. */
export const AdminRecordingsAnswer = pageOf(AdminRecording).extend({ storage: RecordingStorage });
export type AdminRecordingsAnswer = z.infer<typeof AdminRecordingsAnswer>;

/** Most recordings that one page of somebody's own shows. */
export const OWN_RECORDINGS_SHOWN = MAX_PAGE_LIMIT;
