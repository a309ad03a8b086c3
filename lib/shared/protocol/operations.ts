/**
 * Every operation of the REST API, as data: who may call it, what it takes, what it answers. The
 * reference (`/api/openapi.json`, `/api/docs`) is made from here, and tests hold the routes to it
 * in both directions.
 */
import { ADMIN_OPERATIONS } from "./operations_admin.ts";
import { ADMIN_RECORDING_OPERATIONS } from "./operations_admin_recordings.ts";
import { ADMIN_SERVER_OPERATIONS } from "./operations_admin_server.ts";
import { AUTH_OPERATIONS } from "./operations_auth.ts";
import { GUEST_LINK_OPERATIONS } from "./operations_guest_links.ts";
import { MODERATION_OPERATIONS } from "./operations_moderation.ts";
import type { Operation } from "./operations_model.ts";
import { PARTICIPANT_OPERATIONS } from "./operations_participants.ts";
import { RECORDING_OPERATIONS } from "./operations_recordings.ts";
import { ROOM_OPERATIONS } from "./operations_rooms.ts";
import { SERVER_OPERATIONS } from "./operations_server.ts";
import { UPLOAD_OPERATIONS } from "./operations_uploads.ts";

export const OPERATIONS: readonly Operation[] = [
  ...AUTH_OPERATIONS,
  ...ROOM_OPERATIONS,
  ...PARTICIPANT_OPERATIONS,
  ...MODERATION_OPERATIONS,
  ...GUEST_LINK_OPERATIONS,
  ...RECORDING_OPERATIONS,
  ...UPLOAD_OPERATIONS,
  ...ADMIN_OPERATIONS,
  ...ADMIN_RECORDING_OPERATIONS,
  ...ADMIN_SERVER_OPERATIONS,
  ...SERVER_OPERATIONS,
];

/**
 * The operation that answers this request; undefined when none does. Of two templates that fit, the
 * one with more fixed words wins, as in routing.
 * @param path without query; a slash at the end does not count
 */
export function findOperation(method: string, path: string): Operation | undefined {
  const words = wordsOf(path);
  const wanted = method === "HEAD" ? "GET" : method;
  const fits = OPERATIONS.filter((operation) =>
    operation.method === wanted && matches(wordsOf(operation.path), words)
  );
  return fits.sort((one, other) => parameters(one.path) - parameters(other.path))[0];
}

function wordsOf(path: string): string[] {
  return path.replace(/\/$/, "").split("/");
}

function matches(template: readonly string[], words: readonly string[]): boolean {
  return template.length === words.length &&
    template.every((part, index) => part.startsWith("{") || part === words[index]);
}

function parameters(path: string): number {
  return path.split("{").length;
}
