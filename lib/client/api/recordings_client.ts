/** Recordings over the REST API. */
import type { Recording } from "../../shared/protocol/recordings.ts";
import { MAX_PAGE_LIMIT } from "../../shared/protocol/limits.ts";
import { call } from "./api_client.ts";

/** Newest first. */
export const listRecordings = () =>
  call<Recording[]>("GET", `/video/recordings?limit=${MAX_PAGE_LIMIT}`);

export const deleteRecording = (recordingId: number) =>
  call<void>("DELETE", `/video/recordings/${recordingId}`);
