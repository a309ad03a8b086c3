/** One line of JSON per event, of a closed set of events: nothing secret has a place in them. */
import type { ErrorCode } from "../../shared/protocol/errors.ts";
import type { LeaveReason } from "../../shared/protocol/messages.ts";
import type { ModerationAction } from "../../shared/protocol/moderation.ts";
import type { RecordingEnd, RecordingFailure } from "../../shared/protocol/recordings.ts";
import { currentRequestId } from "./request_scope.ts";

export const LOG_LEVELS = ["debug", "info", "warn", "error"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Everything that may be logged. No tokens, passwords, SDP, candidates, names or chat. */
export type LogEvent =
  | { event: "server_started"; origin: string; boot_id: string }
  | { event: "server_stopped" }
  | { event: "config_warning"; warning: string }
  | { event: "room_created"; room_id: number; user_id: number }
  | { event: "room_updated"; room_id: number; user_id: number }
  | { event: "room_ended"; room_id: number; user_id: number | null }
  | { event: "participant_joined"; room_id: number; participant_id: number; resumed: boolean }
  | { event: "participant_left"; room_id: number; participant_id: number; reason: LeaveReason }
  | { event: "participant_waiting"; room_id: number; participant_id: number }
  | {
    event: "moderated";
    action: ModerationAction;
    room_id: number;
    /** Null: by the server or an administrator. */
    user_id: number | null;
    /** Null: everyone, or the room. */
    participant_id: number | null;
  }
  | { event: "recording_started"; room_id: number; recording_id: number; user_id: number }
  | {
    event: "recording_stopped";
    room_id: number;
    recording_id: number;
    reason: RecordingEnd;
    /** Null: by the server itself. */
    user_id: number | null;
  }
  | { event: "recording_uploaded"; room_id: number; recording_id: number; bytes: number }
  | { event: "recording_failed"; room_id: number; recording_id: number; reason: RecordingFailure }
  /** `user_id` null: by an administrator. */
  | { event: "recording_deleted"; room_id: number; recording_id: number; user_id: number | null }
  | { event: "signed_in"; user_id: number; kind: "user" | "guest" }
  | { event: "signed_out"; user_id: number }
  | { event: "auth_failed"; reason: ErrorCode; address: string }
  | { event: "limit_reached"; limit: string; key: string }
  | { event: "session_rotated"; user_id: number }
  | { event: "sessions_ended"; count: number; user_id?: number }
  | { event: "admin_signed_in"; admin_id: number }
  | { event: "admin_signed_out"; admin_id: number }
  | { event: "settings_changed"; names: readonly string[] }
  | { event: "access_password_changed" }
  | { event: "guest_link_created"; room_id: number; link_id: string; user_id: number }
  /** `user_id` null: by an administrator. */
  | { event: "guest_link_revoked"; room_id: number; link_id: string; user_id: number | null }
  | { event: "socket_opened"; room_id: number; participant_id: number; resumed?: boolean }
  | { event: "socket_closed"; room_id: number; participant_id: number; code: number }
  | { event: "socket_refused"; reason: ErrorCode; address: string }
  | {
    event: "webrtc_error";
    room_id: number;
    participant_id: number;
    peer_id: number;
    name: string;
    message: string;
  }
  /** Media or messages that could not be encrypted or decrypted, in the client's words. */
  | {
    event: "encryption_problem";
    room_id: number;
    participant_id: number;
    peer_id: number;
    name: string;
    message: string;
  }
  | { event: "health_failed"; parts: readonly string[] }
  | { event: "store_failed"; scope: string; error: unknown; request_id?: string }
  | { event: "failed"; scope: string; error: unknown; request_id?: string };

/** `info` is one line per lifecycle transition; `error` needs somebody to look. */
const LEVEL: Record<LogEvent["event"], LogLevel> = {
  server_started: "info",
  server_stopped: "info",
  config_warning: "warn",
  room_created: "info",
  room_updated: "info",
  room_ended: "info",
  participant_joined: "info",
  participant_left: "info",
  participant_waiting: "info",
  moderated: "info",
  recording_started: "info",
  recording_stopped: "info",
  recording_uploaded: "info",
  recording_failed: "warn",
  recording_deleted: "info",
  signed_in: "info",
  signed_out: "info",
  auth_failed: "warn",
  limit_reached: "warn",
  session_rotated: "debug",
  sessions_ended: "info",
  admin_signed_in: "info",
  admin_signed_out: "info",
  settings_changed: "info",
  access_password_changed: "info",
  guest_link_created: "info",
  guest_link_revoked: "info",
  socket_opened: "info",
  socket_closed: "info",
  socket_refused: "warn",
  webrtc_error: "warn",
  encryption_problem: "warn",
  health_failed: "error",
  store_failed: "error",
  failed: "error",
};

export interface Log {
  /** The level follows from the event. Adds the id of the request that led here. Never throws. */
  write(event: LogEvent): void;
  /** From now on only events of this level and above are written. */
  setLevel(level: LogLevel): void;
}

export interface LogOptions {
  level: LogLevel;
  /** Takes one line, ending in a line break. */
  sink?: (line: string) => void;
  /** Milliseconds since the epoch. */
  clock?: () => number;
}

const MAX_STACK_CHARS = 4_000;
const MAX_CAUSES = 4;

/** JSON escapes C0 itself; these would still reach a terminal or end a line in some readers. */
const UNESCAPED_CONTROLS = /[\u007f-\u009f\u2028\u2029]/g;

export function createLog(options: LogOptions): Log {
  const { level, sink = writeToStdout, clock = Date.now } = options;
  let lowest = LOG_LEVELS.indexOf(level);
  return {
    setLevel(next) {
      lowest = LOG_LEVELS.indexOf(next);
    },
    write(event) {
      const eventLevel = LEVEL[event.event];
      if (LOG_LEVELS.indexOf(eventLevel) < lowest) return;
      sink(formatLine(eventLevel, event, clock()));
    },
  };
}

function formatLine(level: LogLevel, event: LogEvent, now: number): string {
  const facts = "error" in event ? { ...event, error: words(event.error) } : event;
  const request_id = currentRequestId();
  const line = { time: new Date(now).toISOString(), level, request_id, ...facts };
  return JSON.stringify(line).replace(
    UNESCAPED_CONTROLS,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  ) + "\n";
}

function words(error: unknown, depth = 0): Record<string, unknown> {
  if (!(error instanceof Error) || depth > MAX_CAUSES) return { message: String(error) };
  return {
    name: error.name,
    message: error.message,
    stack: error.stack?.slice(0, MAX_STACK_CHARS),
    cause: error.cause === undefined ? undefined : words(error.cause, depth + 1),
  };
}

const encoder = new TextEncoder();

function writeToStdout(line: string): void {
  try {
    let rest = encoder.encode(line);
    while (rest.length > 0) rest = rest.subarray(Deno.stdout.writeSync(rest));
  } catch {
    // The reader of the log is gone; serving calls matters more than saying so to nobody.
  }
}
