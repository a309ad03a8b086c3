/**
 * One live room: who is here, what they show, and the order in which everyone learns of it.
 *
 * Everything here is synchronous. No `await` means no interleaving, so the event loop is the lock.
 * KV gets a copy through the mirror; this object is the truth while the process lives.
 */
import { CLOSE_CODE } from "../../shared/protocol/close_codes.ts";
import type { LeaveReason, ServerMessageData } from "../../shared/protocol/messages.ts";
import type { MediaStream } from "../../shared/protocol/streams.ts";
import { participantToWire, roomToWire } from "../services/wire.ts";
import type { ParticipantRecord } from "../store/participants.ts";
import type { RoomRecord } from "../store/rooms.ts";
import type { Clock, Connection } from "./connection.ts";
import { dispatch } from "./dispatch.ts";
import type { Effect, RoomView } from "./effects.ts";
import { Member } from "./member.ts";

/** The outside of a room. */
export interface RoomPorts {
  readonly clock: Clock;
  /** Changes with every start of the process. */
  readonly bootId: string;
  readonly graceMs: number;
  readonly joinGraceMs: number;
  /** Copy live facts to KV. */
  mirror(participant: ParticipantRecord): void;
  mirrorStreams(roomId: number, participantId: number, streams: readonly MediaStream[]): void;
  /** Free the place in KV. */
  markLeft(participant: ParticipantRecord, reason: LeaveReason): void;
  quality(roomId: number, report: Extract<Effect, { kind: "quality" }>): void;
  webRtcError(roomId: number, report: Extract<Effect, { kind: "webrtc_error" }>): void;
  /** Turns an error code into the body that the client gets. */
  errorBody(
    code: Extract<Effect, { kind: "refuse" }>["code"],
    facts: Record<string, unknown>,
  ): ServerMessageData["error"];
  /** The last participant is gone. */
  emptied(room: Room): void;
}

/** Only these events change what everyone must agree on; they are numbered. */
type RoomEvent =
  | "participant_joined"
  | "participant_updated"
  | "participant_left"
  | "stream_updated"
  | "room_updated"
  | "room_ended";

export class Room implements RoomView {
  #record: RoomRecord;
  readonly #ports: RoomPorts;
  readonly #members = new Map<number, Member>();
  readonly #streams = new Map<string, MediaStream>();
  #seq = 0;
  #lastStreamId = 0;

  constructor(record: RoomRecord, ports: RoomPorts) {
    this.#record = record;
    this.#ports = ports;
  }

  get id(): number {
    return this.#record.room_id;
  }

  get memberCount(): number {
    return this.#members.size;
  }

  /** People with an open socket. */
  get onlineCount(): number {
    return [...this.#members.values()].filter((member) => member.connection !== null).length;
  }

  has(participantId: number): boolean {
    return this.#members.get(participantId)?.announced === true;
  }

  now(): number {
    return this.#ports.clock.now();
  }

  streams(): MediaStream[] {
    return [...this.#streams.values()];
  }

  /** Joined by REST; the socket is to come. */
  expect(record: ParticipantRecord): void {
    const known = this.#members.get(record.participant_id);
    if (known !== undefined) {
      known.record = { ...record, is_online: known.connection !== null };
      return;
    }
    const member = this.#add(record);
    member.startTimer(this.#ports.joinGraceMs, () => this.remove(member.id, "connection_lost"));
  }

  /** Known from before a restart: here, but offline until its client is back. */
  restore(record: ParticipantRecord): void {
    const member = this.#add({ ...record, is_online: false });
    member.announced = true;
    member.startTimer(this.#ports.graceMs, () => this.remove(member.id, "connection_lost"));
  }

  /** A verified socket. The newer one of two wins, so that nobody has two tiles. */
  attach(record: ParticipantRecord, connection: Connection): void {
    const member = this.#members.get(record.participant_id) ?? this.#add(record);
    const resumes = member.announced && member.resumes;
    member.connection?.close(CLOSE_CODE.REPLACED, "connected again elsewhere");
    member.goOffline();
    if (member.announced && !resumes) this.#announceLeft(member, "replaced");
    member.comeOnline();
    // Its own socket is not attached yet: it learns the same, and all the rest, from the state.
    this.#broadcast(
      resumes ? "participant_updated" : "participant_joined",
      participantToWire(member.record),
    );
    member.attach(connection);
    this.#sendState(member);
    member.releaseParked(resumes);
    this.#ports.mirror(member.record);
  }

  /**
   * A socket is gone. A clean close means that the person left; anything else starts the grace.
   * Sockets that were replaced meanwhile are ignored.
   */
  detach(participantId: number, connection: Connection, clean: boolean): void {
    const member = this.#members.get(participantId);
    if (member === undefined || member.connection !== connection) return;
    if (clean) this.#leave(member);
    else this.#goOffline(member, this.#ports.graceMs);
  }

  /**
   * One message of a member. What comes late over a socket that was replaced is ignored.
   * @throws {NotAMessage} when it is no message of this protocol at all.
   */
  receive(participantId: number, text: string, connection: Connection): void {
    const member = this.#members.get(participantId);
    if (member === undefined || member.connection !== connection) return;
    for (const effect of dispatch(this, member.record, text)) this.#run(effect, member);
  }

  remove(participantId: number, reason: LeaveReason): void {
    const member = this.#members.get(participantId);
    if (member === undefined) return;
    member.stopTimer();
    this.#members.delete(participantId);
    if (member.announced) this.#announceLeft(member, reason);
    const code = reason === "removed" ? CLOSE_CODE.REMOVED : CLOSE_CODE.LEFT;
    member.connection?.close(code, reason);
    this.#ports.markLeft(member.record, reason);
    if (this.#members.size === 0) this.#ports.emptied(this);
  }

  update(record: RoomRecord): void {
    this.#record = record;
    const seq = ++this.#seq;
    for (const member of this.#members.values()) {
      if (member.connection === null) continue;
      const data = roomToWire(record, member.connection.origin);
      member.send(JSON.stringify({ type: "room_updated", data, seq }));
    }
  }

  /** Ended for all. The places in KV are freed by whoever ended it. */
  end(endedBy: number | null): void {
    this.#broadcast("room_ended", { ended_by: endedBy });
    for (const member of this.#members.values()) {
      member.stopTimer();
      member.connection?.close(CLOSE_CODE.ROOM_ENDED, "room ended");
    }
    this.#members.clear();
    this.#ports.emptied(this);
  }

  /** The process stops: clients come back by themselves, so nobody leaves. */
  suspend(): void {
    for (const member of this.#members.values()) {
      member.stopTimer();
      member.connection?.close(CLOSE_CODE.SERVICE_RESTART, "server restarts");
    }
    this.#members.clear();
  }

  /** Somebody went on purpose; a page that is being reloaded says so too, sometimes late. */
  #leave(member: Member): void {
    if (member.expectsNewerSocket) this.#goOffline(member, this.#ports.joinGraceMs);
    else this.remove(member.id, "left");
  }

  #goOffline(member: Member, graceMs: number): void {
    member.goOffline();
    member.startTimer(graceMs, () => this.remove(member.id, "connection_lost"));
    this.#broadcast("participant_updated", participantToWire(member.record));
    this.#ports.mirror(member.record);
  }

  #add(record: ParticipantRecord): Member {
    const member = new Member(record, this.#ports.clock);
    this.#members.set(member.id, member);
    return member;
  }

  #announceLeft(member: Member, reason: LeaveReason): void {
    for (const [key, stream] of this.#streams) {
      if (stream.participant_id === member.id) this.#streams.delete(key);
    }
    const { participant_id, user_id } = member.record;
    this.#broadcast("participant_left", { participant_id, user_id, reason });
  }

  #sendState(member: Member): void {
    const origin = member.connection?.origin ?? "";
    const state: ServerMessageData["room_state"] = {
      self: participantToWire(member.record),
      room: roomToWire(this.#record, origin),
      participants: [...this.#members.values()].filter((other) => other.announced)
        .map((other) => participantToWire(other.record)),
      streams: this.streams(),
      boot_id: this.#ports.bootId,
      server_time: new Date(this.now()).toISOString(),
    };
    member.send(JSON.stringify({ type: "room_state", data: state, seq: this.#seq }));
  }

  /** Numbers one change and tells everyone with an open socket. */
  #broadcast<Type extends RoomEvent>(type: Type, data: ServerMessageData[Type]): void {
    const text = JSON.stringify({ type, data, seq: ++this.#seq });
    for (const member of this.#members.values()) member.send(text);
  }

  #run(effect: Effect, sender: Member): void {
    switch (effect.kind) {
      case "relay":
        return this.#relay(effect, sender.id);
      case "patch":
        return this.#patch(effect.participantId, effect.flags);
      case "stream":
        return this.#stream(effect);
      case "reply":
        return sender.send(JSON.stringify({ type: effect.type, data: effect.data }));
      case "refuse": {
        const data = this.#ports.errorBody(effect.code, effect.facts ?? {});
        return sender.send(JSON.stringify({ type: "error", data }));
      }
      case "leave":
        return this.#leave(sender);
      case "quality":
        return this.#ports.quality(this.id, effect);
      case "webrtc_error":
        return this.#ports.webRtcError(this.id, effect);
      default:
        effect satisfies never;
    }
  }

  #relay({ type, data, to, id }: Extract<Effect, { kind: "relay" }>, from: number): void {
    const text = JSON.stringify({ type, data, from, id });
    if (to !== undefined) return this.#members.get(to)?.sendOrPark(text);
    for (const member of this.#members.values()) {
      if (member.id !== from && member.announced) member.sendOrPark(text);
    }
  }

  #patch(participantId: number, flags: Extract<Effect, { kind: "patch" }>["flags"]): void {
    const member = this.#members.get(participantId);
    if (member === undefined) return;
    member.record = { ...member.record, ...flags };
    this.#broadcast("participant_updated", participantToWire(member.record));
    this.#ports.mirror(member.record);
  }

  #stream({ participantId, update }: Extract<Effect, { kind: "stream" }>): void {
    const key = `${participantId}:${update.stream_type}`;
    const stream_id = this.#streams.get(key)?.stream_id ?? ++this.#lastStreamId;
    const stream = { ...update, stream_id, room_id: this.id, participant_id: participantId };
    this.#streams.set(key, stream);
    this.#broadcast("stream_updated", stream);
    const streams = this.streams().filter((other) => other.participant_id === participantId);
    this.#ports.mirrorStreams(this.id, participantId, streams);
  }
}
