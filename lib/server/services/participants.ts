/** Being in a room: join, come back, leave, and what the hub mirrors here. */
import { obeyLocks } from "../../shared/domain/moderation.ts";
import { entryOf } from "../../shared/domain/waiting_room.ts";
import type { IceServer, JoinRoom } from "../../shared/protocol/participants.ts";
import type { LeaveReason } from "../../shared/protocol/messages.ts";
import {
  MAX_WAITING,
  PARTICIPANT_TOKEN_SECONDS,
  RETURN_SECONDS,
} from "../../shared/protocol/limits.ts";
import type { MediaStream } from "../../shared/protocol/streams.ts";
import { AppError } from "../app_error.ts";
import { iceServersFor } from "../auth/ice_servers.ts";
import type {
  Caller,
  ParticipantPrincipal,
  Principal,
  SessionPrincipal,
} from "../auth/principal.ts";
import {
  freePlace,
  listOccupiedRoomIds,
  loadParticipantOfUser,
  loadPresent,
  loadWaiting,
  type ParticipantRecord,
  type PlaceRequest,
  type Stay,
  takePlace,
  updateParticipant,
} from "../store/participants.ts";
import { loadRoom, type RoomRecord } from "../store/rooms.ts";
import { loadStreams, saveStreams } from "../store/streams.ts";
import { newcomer, type RoomAccess } from "./room_access.ts";
import { firstRole } from "./room_acts.ts";
import type { ServiceContext } from "./services.ts";
import { assertRoomFor } from "./waiting_room.ts";

export interface Joined {
  room: RoomRecord;
  /** With `waiting_since`: has to be let in first. */
  participant: ParticipantRecord;
  /** Participant token, for this stay in this room. */
  token: string;
  /** Empty for who waits: nobody is there to connect to. */
  iceServers: IceServer[];
}

/** What a WebSocket handshake shows. */
export interface SocketCredentials {
  roomCode: string;
  /** From the path; must be the principal's own. */
  userId: number;
  principal: Principal;
  /** Client address, for the guessing limit. */
  address: string;
  /** What bans hold on to, too. */
  browser_id?: string | null;
}

/** Who is in a room, and who is in front of its door. */
export interface Occupied {
  room: RoomRecord;
  participants: ParticipantRecord[];
  waiting: ParticipantRecord[];
}

/** Facts that the live room decides; the rest of a row is not its business. */
const LIVE = [
  "role",
  "is_online",
  "is_muted",
  "is_video_enabled",
  "is_screen_sharing",
  "is_hand_raised",
  "is_audio_locked",
  "is_video_locked",
  "is_screen_locked",
  "capabilities",
  "unseen",
  "orders",
] as const satisfies readonly (keyof ParticipantRecord)[];

export class ParticipantService {
  readonly #context: ServiceContext;
  readonly #access: RoomAccess;

  constructor(context: ServiceContext, access: RoomAccess) {
    this.#context = context;
    this.#access = access;
  }

  /**
   * Takes a place, or comes back to the one held: same participant, same role. Or waits in front of
   * the door, as the same one again until let in or sent away.
   * @throws AppError ROOM_NOT_FOUND, ROOM_INACTIVE, ROOM_FULL, ROOM_LOCKED, ENCRYPTION_REQUIRED,
   *   BANNED, FORBIDDEN, TOO_MANY_REQUESTS
   */
  async join(code: string, caller: Caller, wish: JoinRoom): Promise<Joined> {
    const { kv, limits, bus, log, roomTurns, config, clock } = this.#context;
    const principal = requireSession(caller.principal);
    limits.hit("joins", caller.address);
    const { room_id: roomId } = await this.#access.find(code, caller, { outside: true });
    const taken = await roomTurns.take(roomId, () =>
      takePlace(kv, {
        roomId,
        userId: principal.user_id,
        decide: (request) => this.#makeRow(request, { ...caller, principal }, wish),
      }));
    if (taken === null) throw new AppError("ROOM_NOT_FOUND");
    const { room, participant, returned } = taken;
    const { participant_id } = participant;
    const waits = participant.waiting_since !== null;
    if (waits) {
      log.write({ event: "participant_waiting", room_id: roomId, participant_id });
      bus.publish({ type: "participant_waiting", room, participant });
    } else {
      log.write({
        event: "participant_joined",
        room_id: roomId,
        participant_id,
        resumed: returned,
      });
      bus.publish({ type: "participant_expected", room, participant });
    }
    return {
      room,
      participant,
      token: await this.#token(participant, principal),
      iceServers: waits ? [] : await iceServersFor(config.ice, principal.user_id, clock()),
    };
  }

  /** Safe to repeat. @throws AppError ROOM_NOT_FOUND, PARTICIPANT_NOT_FOUND, TOO_MANY_REQUESTS */
  async leave(code: string, caller: Caller): Promise<void> {
    const { kv, bus } = this.#context;
    const anyhow = { ended: true, outside: true, banned: true };
    const { room_id } = await this.#access.find(code, caller, anyhow);
    const row = await loadParticipantOfUser(kv, room_id, caller.principal.user_id);
    if (row === null) throw new AppError("PARTICIPANT_NOT_FOUND");
    const { participant_id } = row;
    if (await this.markLeft(row)) {
      const type = row.waiting_since === null ? "participant_gone" : "waiting_ended";
      bus.publish({ type, room_id, participant_id, reason: "left" });
    }
  }

  /** Everyone who holds a place. @throws AppError as `RoomService.view` */
  async list(code: string, caller: Caller): Promise<ParticipantRecord[]> {
    const { room_id } = await this.#access.find(code, caller);
    return await loadPresent(this.#context.kv, room_id);
  }

  /** @throws AppError as `RoomService.view` */
  async streams(code: string, caller: Caller): Promise<MediaStream[]> {
    const { room_id } = await this.#access.find(code, caller);
    return await loadStreams(this.#context.kv, room_id);
  }

  /**
   * Checks a WebSocket handshake. Joining comes first.
   * @throws AppError FORBIDDEN, ROOM_NOT_FOUND, ROOM_INACTIVE, BANNED, PARTICIPANT_NOT_FOUND,
   *   TOO_MANY_REQUESTS
   */
  async openSocket(
    { roomCode, userId, principal, ...source }: SocketCredentials,
  ): Promise<{ room: RoomRecord; participant: ParticipantRecord }> {
    if (principal.user_id !== userId) throw new AppError("FORBIDDEN");
    const room = await this.#access.find(roomCode, { principal, ...source }, { outside: true });
    const participant = await loadParticipantOfUser(this.#context.kv, room.room_id, userId);
    const isOther = principal.kind === "participant" &&
      principal.participant_id !== participant?.participant_id;
    const isHere = participant?.left_at === null || typeof participant?.waiting_since === "string";
    if (participant === null || !isHere || isOther) {
      throw new AppError("PARTICIPANT_NOT_FOUND");
    }
    return { room, participant };
  }

  /**
   * As `openSocket`, by nothing but the token of a stay: that names room and user.
   * @throws AppError as `openSocket`
   */
  async openOwnSocket(
    { principal, ...source }: { principal: ParticipantPrincipal } & Omit<Caller, "principal">,
  ): Promise<{ room: RoomRecord; participant: ParticipantRecord }> {
    const room = await loadRoom(this.#context.kv, principal.room_id);
    if (room === null) throw new AppError("ROOM_NOT_FOUND");
    const { room_code: roomCode } = room;
    return await this.openSocket({ roomCode, userId: principal.user_id, principal, ...source });
  }

  /** Writes the live facts of a participant; who holds a place is not decided here. */
  async mirror(live: ParticipantRecord): Promise<void> {
    await updateParticipant(this.#context.kv, live.room_id, live.participant_id, (row) => {
      if (row.left_at !== null) return row;
      return { ...row, ...Object.fromEntries(LIVE.map((name) => [name, live[name]])) };
    });
  }

  /** Replaces what is known of the streams of one participant. */
  async mirrorStreams(
    roomId: number,
    participantId: number,
    streams: readonly MediaStream[],
  ): Promise<void> {
    const { kv, roomTurns } = this.#context;
    await roomTurns.take(roomId, () => saveStreams(kv, roomId, participantId, streams));
  }

  /**
   * Frees the place of a stay that is over, or the turn in front of the door; a stay that began
   * since is left alone.
   * @returns false when there was nothing to free
   */
  async markLeft(stay: Stay, reason: LeaveReason = "left"): Promise<boolean> {
    const { kv, log, bus, clock, roomTurns } = this.#context;
    const { room_id, participant_id } = stay;
    const leftAt = new Date(clock()).toISOString();
    const row = await roomTurns.take(room_id, () => freePlace(kv, stay, leftAt));
    if (row === null) return false;
    log.write({ event: "participant_left", room_id, participant_id, reason });
    bus.publish({ type: "participant_left", room_id, user_id: row.user_id });
    return true;
  }

  /** At boot: everyone who holds a place. No socket outlives a process, so all go offline. */
  async *present(): AsyncGenerator<Occupied> {
    const { kv } = this.#context;
    for await (const roomId of listOccupiedRoomIds(kv)) {
      const room = await loadRoom(kv, roomId);
      if (!room?.is_active) continue;
      const rows = await loadPresent(kv, roomId);
      const participants = await Promise.all(rows.map((row) => this.#goOffline(row)));
      yield { room, participants, waiting: await loadWaiting(kv, roomId) };
    }
  }

  async #goOffline(row: ParticipantRecord): Promise<ParticipantRecord> {
    if (!row.is_online) return row;
    const offline = { ...row, is_online: false };
    await this.mirror(offline);
    return offline;
  }

  /** @throws AppError ROOM_INACTIVE, ROOM_FULL, ROOM_LOCKED */
  async #makeRow(
    request: PlaceRequest,
    { principal, browser_id = null }: Caller & { principal: SessionPrincipal },
    wish: JoinRoom,
  ): Promise<ParticipantRecord> {
    const { earlier, room } = request;
    // Who demands encryption would have no link to them anyway: better to say so at the door.
    if (room.is_active && room.e2ee_required && !wish.capabilities.includes("e2ee-1")) {
      throw new AppError("ENCRYPTION_REQUIRED");
    }
    const clock = this.#context.clock();
    const waits = entranceOf(request, { principal, now: clock }) === "wait";
    const { user_id } = principal;
    const { room_id } = room;
    if (waits) this.#context.denials.assertMayKnock({ room_id, user_id, browser_id });
    const { is_muted, is_video_enabled, capabilities } = wish;
    const is_guest = principal.kind === "guest";
    const isHeld = earlier?.left_at === null;
    const now = new Date(clock).toISOString();
    const role = firstRole({ is_guest, user_id }, room);
    return obeyLocks({
      participant_id: earlier?.participant_id ?? await this.#context.ids.next("participant"),
      room_id,
      user_id,
      user_name: wish.user_name ?? principal.user_name,
      user_avatar: null,
      joined_at: isHeld ? earlier.joined_at : now,
      left_at: waits ? now : null,
      stay: (earlier?.stay ?? 0) + 1,
      // Whoever made the room is its host again with every new stay.
      role: role === "host" && !isHeld ? role : earlier?.role ?? role,
      is_online: isHeld && earlier.is_online,
      is_muted,
      is_video_enabled,
      is_screen_sharing: isHeld && earlier.is_screen_sharing,
      is_hand_raised: isHeld && earlier.is_hand_raised,
      is_audio_locked: earlier?.is_audio_locked ?? false,
      is_video_locked: earlier?.is_video_locked ?? false,
      is_screen_locked: earlier?.is_screen_locked ?? false,
      is_guest,
      is_admitted: !waits,
      waiting_since: waits ? earlier?.waiting_since ?? now : null,
      browser_id: browser_id ?? earlier?.browser_id ?? null,
      capabilities,
      unseen: isHeld ? earlier.unseen : [],
      orders: isHeld ? earlier.orders : [],
    });
  }

  #token(participant: ParticipantRecord, principal: SessionPrincipal): Promise<string> {
    return this.#context.tokens.sign("participant", {
      sub: String(participant.user_id),
      jti: crypto.randomUUID(),
      room: participant.room_id,
      participant: participant.participant_id,
      session: principal.session_id,
    }, PARTICIPANT_TOKEN_SECONDS);
  }
}

/** @throws AppError ROOM_INACTIVE, ROOM_LOCKED, ROOM_FULL */
function entranceOf(
  { room, earlier, others, othersWaiting }: PlaceRequest,
  { principal, now }: { principal: SessionPrincipal; now: number },
): "enter" | "wait" {
  if (!room.is_active) throw new AppError("ROOM_INACTIVE");
  const isReturning = earlier !== null && isReturningTo(earlier, now);
  const entry = entryOf(room, { ...newcomer(room, principal, earlier), isReturning });
  if (entry === "locked") throw new AppError("ROOM_LOCKED");
  if (entry === "wait") {
    assertRoomFor({ max_participants: MAX_WAITING }, othersWaiting);
    return entry;
  }
  // A held place stays held, also when the room was made smaller since.
  if (earlier?.left_at !== null) assertRoomFor(room, others);
  return entry;
}

/** Who was sent away is not admitted any more. */
function isReturningTo({ left_at, is_admitted }: ParticipantRecord, now: number): boolean {
  if (left_at === null || !is_admitted) return false;
  return now - Date.parse(left_at) < RETURN_SECONDS * 1000;
}

/** A participant token speaks for a stay; it cannot begin another. */
function requireSession(principal: Principal): SessionPrincipal {
  if (principal.kind === "participant") throw new AppError("FORBIDDEN");
  return principal;
}
