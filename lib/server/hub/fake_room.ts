/** A live room without a network, a database and a clock of its own: for tests. */
import type { LeaveReason } from "../../shared/protocol/messages.ts";
import type { RunningRecording } from "../../shared/protocol/recordings.ts";
import type { ModerationCommand } from "../services/moderation.ts";
import type { ParticipantRecord } from "../store/participants.ts";
import type { RecordingCommand } from "../services/recordings.ts";
import type { RoomRecord } from "../store/rooms.ts";
import type { Clock, Connection, Session } from "./connection.ts";
import { Room } from "./room.ts";
import type { Refusal } from "./room_ports.ts";

export const GRACE_MS = 30_000;
export const JOIN_GRACE_MS = 60_000;
export const HOST_ABSENCE_MS = 90_000;

export const ROOM: RoomRecord = {
  room_id: 1,
  room_code: "ABC12345",
  room_name: "Room",
  room_description: "",
  is_private: false,
  max_participants: 50,
  recording_enabled: true,
  waiting_room_enabled: false,
  waiting_room_for: "guests",
  is_locked: false,
  e2ee_required: false,
  created_at: "2026-01-01T12:00:00.000Z",
  created_by: 1,
  is_active: true,
  ended_at: null,
};

export function participant(
  id: number,
  changes: Partial<ParticipantRecord> = {},
): ParticipantRecord {
  return {
    participant_id: id,
    room_id: 1,
    user_id: 100 + id,
    user_name: `P${id}`,
    user_avatar: null,
    joined_at: "2026-01-01T12:00:00.000Z",
    left_at: null,
    stay: 1,
    role: "participant",
    is_online: false,
    is_muted: false,
    is_video_enabled: true,
    is_screen_sharing: false,
    is_hand_raised: false,
    is_audio_locked: false,
    is_video_locked: false,
    is_screen_locked: false,
    is_guest: false,
    is_admitted: true,
    waiting_since: null,
    browser_id: null,
    capabilities: ["mesh-1"],
    unseen: [],
    orders: [],
    ...changes,
  };
}

/** Somebody in front of the door. */
export function waiting(id: number, changes: Partial<ParticipantRecord> = {}): ParticipantRecord {
  const waiting_since = "2026-01-01T12:00:00.000Z";
  const outside = { role: "guest", is_guest: true, is_admitted: false } as const;
  return participant(id, { ...outside, waiting_since, left_at: waiting_since, ...changes });
}

/** Time that moves only when told. */
export class ManualClock implements Clock {
  #now = 0;
  #last = 0;
  readonly #timers = new Map<number, { atMs: number; callback: () => void }>();

  now(): number {
    return this.#now;
  }

  setTimeout(callback: () => void, delayMs: number): number {
    this.#timers.set(++this.#last, { atMs: this.#now + delayMs, callback });
    return this.#last;
  }

  clearTimeout(timer: number | undefined): void {
    if (timer !== undefined) this.#timers.delete(timer);
  }

  advance(durationMs: number): void {
    this.#now += durationMs;
    for (const [id, { atMs, callback }] of [...this.#timers]) {
      if (atMs > this.#now) continue;
      this.#timers.delete(id);
      callback();
    }
  }
}

/** What a room handed over to the service. */
export interface Ordered {
  by: ParticipantRecord;
  command: ModerationCommand;
  refused: Refusal;
}

export interface Message {
  type: string;
  // deno-lint-ignore no-explicit-any
  data: any;
  from?: number;
  seq?: number;
  id?: string;
}

export class FakeSocket implements Connection {
  readonly origin = "http://localhost";
  readonly session: Session;
  readonly received: Message[] = [];
  closedWith: number | null = null;
  buffered = 0;

  constructor(session: Session = { session_id: "s" }) {
    this.session = session;
  }

  send(text: string): void {
    this.received.push(JSON.parse(text));
  }

  close(code: number): void {
    this.closedWith ??= code;
  }

  bufferedBytes(): number {
    return this.buffered;
  }

  take(): Message[] {
    return this.received.splice(0);
  }

  types(): string[] {
    return this.take().map(({ type }) => type);
  }
}

export function setUpRoom() {
  const clock = new ManualClock();
  const left: [number, LeaveReason][] = [];
  const mirrored: ParticipantRecord[] = [];
  const ordered: Ordered[] = [];
  const recorded: [number, RecordingCommand][] = [];
  const running: { now: RunningRecording | null } = { now: null };
  let emptied = 0;
  const room = new Room(ROOM, {
    clock,
    bootId: "boot",
    times: { graceMs: GRACE_MS, joinGraceMs: JOIN_GRACE_MS, hostAbsenceMs: HOST_ABSENCE_MS },
    received: () => {},
    moderate: (by, command, refused) => ordered.push({ by, command, refused }),
    record: ({ participant_id }, command) => recorded.push([participant_id, command]),
    recordingOf: () => running.now,
    mirror: (record) => mirrored.push(record),
    mirrorStreams: () => {},
    markLeft: ({ participant_id }, reason) => left.push([participant_id, reason]),
    quality: () => {},
    webRtcError: () => {},
    errorBody: (error_code, facts) => ({ detail: "", error_code, ...facts }),
    emptied: () => emptied++,
  });
  const knock = (id: number, changes: Partial<ParticipantRecord> = {}) => {
    const socket = new FakeSocket();
    const record = waiting(id, changes);
    room.expectWaiting(record);
    room.attach(record, socket);
    return socket;
  };
  const enter = (id: number, changes: Partial<ParticipantRecord> = {}) => {
    const socket = new FakeSocket();
    room.expect(participant(id, changes));
    room.attach(participant(id, changes), socket);
    return socket;
  };
  const say = (id: number, socket: FakeSocket, message: unknown) =>
    room.receive(id, JSON.stringify(message), socket);
  const seen = { left, mirrored, ordered, recorded, running, emptied: () => emptied };
  return { ...seen, clock, room, enter, knock, say };
}
