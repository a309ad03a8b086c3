/** Being in a room: join, come back, leave, and what the hub mirrors here. */
import type { IceServer, JoinRoom, Role } from "../../shared/protocol/participants.ts";
import type { LeaveReason } from "../../shared/protocol/messages.ts";
import { PARTICIPANT_TOKEN_SECONDS } from "../../shared/protocol/limits.ts";
import type { MediaStream } from "../../shared/protocol/streams.ts";
import { AppError } from "../app_error.ts";
import { iceServersFor } from "../auth/ice_servers.ts";
import type { Caller, Principal, SessionPrincipal } from "../auth/principal.ts";
import {
  freePlace,
  listOccupiedRoomIds,
  loadParticipantOfUser,
  loadPresent,
  type ParticipantRecord,
  type PlaceRequest,
  type Stay,
  takePlace,
  updateParticipant,
} from "../store/participants.ts";
import { loadRoom, type RoomRecord } from "../store/rooms.ts";
import { loadStreams, saveStreams } from "../store/streams.ts";
import type { RoomAccess } from "./room_access.ts";
import type { ServiceContext } from "./services.ts";

export interface Joined {
  room: RoomRecord;
  participant: ParticipantRecord;
  /** Participant token, for this stay in this room. */
  token: string;
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
}

export class ParticipantService {
  readonly #context: ServiceContext;
  readonly #access: RoomAccess;

  constructor(context: ServiceContext, access: RoomAccess) {
    this.#context = context;
    this.#access = access;
  }

  /**
   * Takes a place, or comes back to the one held: same participant, same role.
   * @throws AppError ROOM_NOT_FOUND, ROOM_INACTIVE, ROOM_FULL, FORBIDDEN, TOO_MANY_REQUESTS
   */
  async join(code: string, caller: Caller, wish: JoinRoom): Promise<Joined> {
    const { kv, limits, bus, log, roomTurns, config, clock } = this.#context;
    const principal = requireSession(caller.principal);
    limits.hit("joins", caller.address);
    const { room_id: roomId } = await this.#access.find(code, caller);
    const taken = await roomTurns.take(roomId, () =>
      takePlace(kv, {
        roomId,
        userId: principal.user_id,
        decide: (request) => this.#makeRow(request, principal, wish),
      }));
    if (taken === null) throw new AppError("ROOM_NOT_FOUND");
    const { room, participant, returned } = taken;
    const { participant_id } = participant;
    log.write({ event: "participant_joined", room_id: roomId, participant_id, resumed: returned });
    bus.publish({ type: "participant_expected", room, participant });
    return {
      room,
      participant,
      token: await this.#token(participant, principal),
      iceServers: await iceServersFor(config.ice, principal.user_id, clock()),
    };
  }

  /** Safe to repeat. @throws AppError ROOM_NOT_FOUND, PARTICIPANT_NOT_FOUND, TOO_MANY_REQUESTS */
  async leave(code: string, caller: Caller): Promise<void> {
    const { kv, bus } = this.#context;
    const { room_id } = await this.#access.find(code, caller, { ended: true });
    const row = await loadParticipantOfUser(kv, room_id, caller.principal.user_id);
    if (row === null) throw new AppError("PARTICIPANT_NOT_FOUND");
    const { participant_id } = row;
    if (await this.markLeft(row)) {
      bus.publish({ type: "participant_gone", room_id, participant_id, reason: "left" });
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
   * @throws AppError FORBIDDEN, ROOM_NOT_FOUND, ROOM_INACTIVE, PARTICIPANT_NOT_FOUND,
   *   TOO_MANY_REQUESTS
   */
  async openSocket(
    { roomCode, userId, principal, address }: SocketCredentials,
  ): Promise<{ room: RoomRecord; participant: ParticipantRecord }> {
    if (principal.user_id !== userId) throw new AppError("FORBIDDEN");
    const room = await this.#access.find(roomCode, { principal, address });
    const participant = await loadParticipantOfUser(this.#context.kv, room.room_id, userId);
    const isOther = principal.kind === "participant" &&
      principal.participant_id !== participant?.participant_id;
    if (participant === null || participant.left_at !== null || isOther) {
      throw new AppError("PARTICIPANT_NOT_FOUND");
    }
    return { room, participant };
  }

  /** Writes the live facts of a participant; who holds a place is not decided here. */
  async mirror(live: ParticipantRecord): Promise<void> {
    await updateParticipant(this.#context.kv, live.room_id, live.participant_id, (row) => {
      if (row.left_at !== null) return row;
      return { ...live, joined_at: row.joined_at, left_at: null, stay: row.stay };
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
   * Frees the place of a stay that is over; one that began since is left alone.
   * @returns false when there was nothing to free
   */
  async markLeft(stay: Stay, reason: LeaveReason = "left"): Promise<boolean> {
    const { kv, log, clock, roomTurns } = this.#context;
    const { room_id, participant_id } = stay;
    const leftAt = new Date(clock()).toISOString();
    const row = await roomTurns.take(room_id, () => freePlace(kv, stay, leftAt));
    if (row === null) return false;
    log.write({ event: "participant_left", room_id, participant_id, reason });
    return true;
  }

  /** At boot: everyone who holds a place. No socket outlives a process, so all go offline. */
  async *present(): AsyncGenerator<{ room: RoomRecord; participants: ParticipantRecord[] }> {
    const { kv } = this.#context;
    for await (const roomId of listOccupiedRoomIds(kv)) {
      const room = await loadRoom(kv, roomId);
      if (!room?.is_active) continue;
      const rows = await loadPresent(kv, roomId);
      yield { room, participants: await Promise.all(rows.map((row) => this.#goOffline(row))) };
    }
  }

  async #goOffline(row: ParticipantRecord): Promise<ParticipantRecord> {
    if (!row.is_online) return row;
    const offline = { ...row, is_online: false };
    await this.mirror(offline);
    return offline;
  }

  /** @throws AppError ROOM_INACTIVE, ROOM_FULL */
  async #makeRow(
    request: PlaceRequest,
    principal: SessionPrincipal,
    wish: JoinRoom,
  ): Promise<ParticipantRecord> {
    assertPlace(request);
    const { earlier, room } = request;
    const { user_id } = principal;
    const { is_muted, is_video_enabled, capabilities } = wish;
    const isHeld = earlier?.left_at === null;
    return {
      participant_id: earlier?.participant_id ?? await this.#context.ids.next("participant"),
      room_id: room.room_id,
      user_id,
      user_name: wish.user_name ?? principal.user_name,
      user_avatar: null,
      joined_at: isHeld ? earlier.joined_at : new Date(this.#context.clock()).toISOString(),
      left_at: null,
      stay: (earlier?.stay ?? 0) + 1,
      role: earlier?.role ?? firstRole(principal, room),
      is_online: isHeld && earlier.is_online,
      is_muted,
      is_video_enabled,
      is_screen_sharing: isHeld && earlier.is_screen_sharing,
      is_hand_raised: isHeld && earlier.is_hand_raised,
      capabilities,
    };
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

/** @throws AppError ROOM_INACTIVE, ROOM_FULL */
function assertPlace({ room, earlier, others }: PlaceRequest): void {
  if (!room.is_active) throw new AppError("ROOM_INACTIVE");
  // A held place stays held, also when the room was made smaller since.
  if (earlier?.left_at === null || others < room.max_participants) return;
  throw new AppError("ROOM_FULL", {
    max_participants: room.max_participants,
    current_participants: others,
  });
}

function firstRole(principal: SessionPrincipal, room: RoomRecord): Role {
  if (principal.kind === "guest") return "guest";
  return room.created_by === principal.user_id ? "host" : "participant";
}

/** A participant token speaks for a stay; it cannot begin another. */
function requireSession(principal: Principal): SessionPrincipal {
  if (principal.kind === "participant") throw new AppError("FORBIDDEN");
  return principal;
}
