/** What is written down of every operation of the REST API: see `operations.ts`. */
import type { z } from "zod";
import { ERROR_STATUS, type ErrorCode } from "./errors.ts";

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

export const GROUPS = [
  "Sign-in",
  "Rooms",
  "Participants",
  "Moderation",
  "Guest links",
  "Recordings",
  "Administration",
  "Server",
] as const;
export type OperationGroup = (typeof GROUPS)[number];

/**
 * Who may call. `person`: whoever shows a token, that of a stay in a room included; `session`: who
 * signed in, as a user or a guest; `user`: who signed in with the access password; `lead`: hosts
 * and moderators of the room; `host`: its hosts; `admin`: administrators, with a token of their own.
 */
export type Audience = "anyone" | "person" | "session" | "user" | "lead" | "host" | "admin";

/** The names that examples use for what only the reader knows; a shell expands them. */
export const VARIABLES = {
  BASE: "Address of the server, as in https://call.example.com",
  PASSWORD: "The access password",
  TOKEN: "`token` of POST /api/auth/login",
  CODE: "`room_code` of a room you made",
  PARTICIPANT: "`participant_id` of somebody in that room",
  GUEST_TOKEN: "`guest_token` of a guest link",
  LINK: "`link_id` of a guest link of that room",
  BAN: "`ban_id` of a ban in that room",
  ROOM: "`room_id` of a room",
  USER: "`user_id` of somebody",
  RECORDING: "`recording_id` of a recording of yours",
  UPLOAD: "`upload_id` of an upload to it: the end of its `Location`",
  WAITING: "`participant_id` of somebody in the waiting room",
  ADMIN: "Name of an administrator",
  ADMIN_PASSWORD: "Password of that administrator",
  FILE: "Where to save a file",
  ADMIN_TOKEN: "`token` of POST /api/admin/login",
} as const;
export type Variable = keyof typeof VARIABLES;

export interface PathParameter {
  readonly schema: z.ZodType;
  readonly description: string;
  /** Stands for it in examples. */
  readonly variable: Variable;
}

export interface Answer {
  readonly status: number;
  readonly description: string;
  /** Left out: the answer has no body, or one of `type`. */
  readonly schema?: z.ZodType;
  readonly example?: unknown;
  /** Of a body that is no JSON, as in `video/mp4`. */
  readonly type?: string;
  /** Beside those that every answer has: what each one says. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Other types the same answer comes in, chosen by `Accept`. */
  readonly otherTypes?: readonly string[];
}

export interface Operation {
  /** Unique; a name for generated clients. */
  readonly id: string;
  readonly group: OperationGroup;
  readonly method: Method;
  /** With `{parameters}`. */
  readonly path: string;
  /** One line. */
  readonly summary: string;
  /** What the summary leaves out. */
  readonly details?: string;
  readonly who: Audience;
  readonly params?: Readonly<Record<string, PathParameter>>;
  /** An object of what may stand behind the question mark. */
  readonly query?: { readonly schema: z.ZodObject; readonly example: Record<string, unknown> };
  /** What may stand in the head of the request, under the names as they are written. */
  readonly headers?: {
    readonly schema: z.ZodObject;
    readonly example: Readonly<Record<string, string>>;
  };
  /** A body that is no JSON, and as long as it likes. The example is ASCII. */
  readonly content?: { readonly type: string; readonly example: string };
  /** Left out: a body is not looked at. An empty one counts as `{}`. */
  readonly body?: { readonly schema: z.ZodType; readonly example: unknown };
  /** The first one is the answer to the example. */
  readonly answers: readonly [Answer, ...Answer[]];
  /** Beside those that follow from the rest: see `errorsOf`. */
  readonly errors?: readonly ErrorCode[];
}

/** An answer with a JSON body. */
export function answer<Schema extends z.ZodType>(
  status: number,
  { description, schema, example }: {
    description: string;
    schema: Schema;
    example: z.output<Schema>;
  },
): Answer {
  return { status, description, schema, example };
}

/** Done, and there is nothing to say. */
export function done(description: string): Answer {
  return { status: 204, description };
}

/** A body with an example that holds to it. */
export function body<Schema extends z.ZodType>(schema: Schema, example: z.input<Schema>) {
  return { schema, example };
}

/** Everything that names a room by its code. */
export const ROOM_ERRORS_OUTSIDE = [
  "ROOM_NOT_FOUND",
  "ROOM_INACTIVE",
  "TOO_MANY_REQUESTS",
] as const satisfies readonly ErrorCode[];

/** The same, where one has to be in the room. */
export const ROOM_ERRORS = [
  ...ROOM_ERRORS_OUTSIDE,
  "BANNED",
  "WAITING",
] as const satisfies readonly ErrorCode[];

/** Instead of opening a WebSocket. */
export const SOCKET_REFUSALS = [
  "VALIDATION_ERROR",
  "UNAUTHORIZED",
  "FORBIDDEN",
  "FOREIGN_ORIGIN",
  "BANNED",
  "NOT_FOUND",
  "ROOM_NOT_FOUND",
  "PARTICIPANT_NOT_FOUND",
  "ROOM_INACTIVE",
  "TOO_MANY_REQUESTS",
  "INTERNAL_ERROR",
  "UNAVAILABLE",
] as const satisfies readonly ErrorCode[];

/** Who may not, by who they are. */
const REFUSALS: Readonly<Record<Audience, readonly ErrorCode[]>> = {
  anyone: [],
  person: ["UNAUTHORIZED", "SESSION_EXPIRED"],
  session: ["UNAUTHORIZED", "SESSION_EXPIRED", "FORBIDDEN"],
  user: ["UNAUTHORIZED", "SESSION_EXPIRED", "FORBIDDEN", "GUESTS_NOT_ALLOWED"],
  lead: ["UNAUTHORIZED", "SESSION_EXPIRED", "FORBIDDEN", "GUESTS_NOT_ALLOWED"],
  host: ["UNAUTHORIZED", "SESSION_EXPIRED", "FORBIDDEN", "GUESTS_NOT_ALLOWED"],
  admin: ["UNAUTHORIZED", "SESSION_EXPIRED", "FORBIDDEN"],
};

/** Every error code this operation may answer with, in the order of the status. */
export function errorsOf(operation: Operation): ErrorCode[] {
  const { method, who, params, body, errors = [] } = operation;
  const codes = new Set<ErrorCode>([
    // A foreign `Host` is refused everywhere, where the operator listed the right ones.
    "VALIDATION_ERROR",
    ...(body === undefined ? [] : ["MALFORMED_JSON", "PAYLOAD_TOO_LARGE"] as const),
    ...REFUSALS[who],
    ...(method === "GET" ? [] : ["FOREIGN_ORIGIN"] as const),
    ...(params === undefined ? [] : ["NOT_FOUND"] as const),
    ...errors,
    "INTERNAL_ERROR",
    "UNAVAILABLE",
  ]);
  return [...codes].sort((one, other) => ERROR_STATUS[one] - ERROR_STATUS[other]);
}
