/**
 * One live room: who is here, what they show, and the order in which everyone learns of it.
 *
 * Everything here is synchronous. No `await` means no interleaving, so the event loop is the lock.
 * KV gets a copy through the mirror; this object is the truth while the process lives.
 */
import { can } from "../../shared/domain/permissions.ts";
import { CLOSE_CODE, type CloseCode } from "../../shared/protocol/close_codes.ts";
import type { LeaveReason, ServerMessageData } from "../../shared/protocol/messages.ts";
import type { ModerationEvent } from "../../shared/protocol/moderation.ts";
import type { MediaStream } from "../../shared/protocol/streams.ts";
import { participantToWire, roomToWire } from "../services/wire.ts";
import type { ParticipantRecord } from "../store/participants.ts";
import type { RoomRecord } from "../store/rooms.ts";
import type { Connection } from "./connection.ts";
import { dispatch } from "./dispatch.ts";
import type { Effect, RoomView } from "./effects.ts";
import { Lead } from "./lead.ts";
import type { Member } from "./member.ts";
import { Members, type RecordingNews } from "./members.ts";
import type { Refusal, RoomPorts } from "./room_ports.ts";
import { StreamBoard } from "./stream_board.ts";
import { closeCodeOf, WaitingRoom } from "./waiting_room.ts";

/** What the ports of the room cannot know. */
export interface RoomOwner {
  /** Nobody is in it any more, nor in front of its door. */
  emptied(room: Room): void;
}

export class Room implements RoomView {
  #record: RoomRecord;
  readonly #ports: RoomPorts & RoomOwner;
  readonly #members: Members;
  readonly #waiting: WaitingRoom;
  readonly #streams: StreamBoard;
  readonly #lead: Lead;

  constructor(record: RoomRecord, ports: RoomPorts & RoomOwner) {
    this.#record = record;
    this.#ports = ports;
    this.#members = new Members(ports.clock);
    this.#streams = new StreamBoard(record.room_id);
    this.#waiting = new WaitingRoom({
      ...ports,
      sign: () => ({ room_name: this.#record.room_name, moderators_online: this.#lead.isThere }),
      changed: () => this.#lead.showWaiting(),
      emptied: () => this.#closeIfEmpty(),
    });
    this.#lead = new Lead({
      clock: ports.clock,
      members: this.#members,
      limitMs: () => ports.times.hostAbsenceMs,
      waiting: () => this.#waiting.list(),
      turned: () => this.#waiting.showSign(),
      appoint: (person) => this.#appoint(person),
    });
  }

  get id(): number {
    return this.#record.room_id;
  }

  get memberCount(): number {
    return this.#members.size;
  }

  /** People with an open socket. */
  get onlineCount(): number {
    return this.#members.online().length;
  }

  has(participantId: number): boolean {
    return this.#members.find(participantId)?.announced === true;
  }

  now(): number {
    return this.#ports.clock.now();
  }

  streams(): MediaStream[] {
    return this.#streams.all();
  }

  /** Has a place from now on; the socket is to come, except of somebody who waited with it. */
  expect(record: ParticipantRecord): void {
    const connection = this.#waiting.take(record.participant_id)?.connection ?? null;
    const known = this.#members.find(record.participant_id);
    if (known !== undefined) {
      known.renew(record);
      return;
    }
    const member = this.#members.add(record);
    this.#startGrace(member, this.#ports.times.joinGraceMs);
    if (connection === null) return;
    connection.send(JSON.stringify({ type: "admitted", data: {} }));
    this.#enter(member, connection);
  }

  /** Known from before a restart: here, but offline until its client is back. */
  restore(record: ParticipantRecord): void {
    const member = this.#members.add({ ...record, is_online: false });
    member.restore();
    this.#startGrace(member, this.#ports.times.graceMs);
  }

  /** Asked by REST to be let in; the socket is to come. */
  expectWaiting(record: ParticipantRecord): void {
    this.#waiting.expect(record);
  }

  restoreWaiting(record: ParticipantRecord): void {
    this.#waiting.restore(record);
  }

  /**
   * A verified socket. The newer one of two wins, so that nobody has two tiles. Who was sent away
   * since the handshake is not known here any more, and hears why when asking again.
   */
  attach({ participant_id }: ParticipantRecord, connection: Connection): void {
    const member = this.#members.find(participant_id);
    if (member !== undefined) return this.#enter(member, connection);
    if (this.#waiting.attach(participant_id, connection)) return;
    connection.close(CLOSE_CODE.SERVICE_RESTART, "ask again");
    this.#closeIfEmpty();
  }

  /**
   * A socket is gone. A clean close means that the person left; anything else starts the grace.
   * Sockets that were replaced meanwhile are ignored.
   */
  detach(participantId: number, connection: Connection, clean: boolean): void {
    this.#waiting.detach(participantId, connection);
    const member = this.#members.find(participantId);
    if (member === undefined || member.connection !== connection) return;
    if (clean) this.#leave(member);
    else this.#goOffline(member, this.#ports.times.graceMs);
  }

  /**
   * One message of a member. What comes late over a socket that was replaced is ignored.
   * @throws {NotAMessage} when it is no message of this protocol at all.
   */
  receive(participantId: number, text: string, connection: Connection): void {
    this.#waiting.receive(participantId, text, connection);
    const member = this.#members.find(participantId);
    if (member === undefined || member.connection !== connection) return;
    const effects = dispatch(this, member.record, text, this.#ports.received);
    for (const effect of effects) this.#run(effect, member);
  }

  /** @param code what the client hears; follows from the reason */
  remove(
    participantId: number,
    reason: LeaveReason,
    code: CloseCode = closeCodeOf(reason),
  ): void {
    const member = this.#members.find(participantId);
    if (member === undefined) return;
    member.stopTimer();
    this.#members.delete(participantId);
    if (member.announced) this.#announceLeft(member, reason);
    member.connection?.close(code, reason);
    this.#ports.markLeft(member.record, reason);
    this.#lead.reckon();
    this.#closeIfEmpty();
  }

  /** Not let in, or gave up by REST. */
  endWaiting(participantId: number, reason: LeaveReason): void {
    this.#waiting.end(participantId, reason);
    this.#closeIfEmpty();
  }

  /** Somebody who leads changed these facts; storage knows. */
  moderate(participantId: number, facts: Partial<ParticipantRecord>): void {
    this.#members.find(participantId)?.decide(facts);
    this.#patch(participantId, facts);
  }

  /** What was done and by whom: for everyone to see. */
  tell(event: ModerationEvent): void {
    for (const away of this.#members.tell("moderation", event)) this.#ports.mirror(away.record);
  }

  /** Of the recording; whether one runs is asked of the service. */
  announce<Type extends RecordingNews>(type: Type, data: ServerMessageData[Type]): void {
    this.#members.broadcast(type, data);
  }

  /** Signed out, or the guest link was revoked: `isOver` says whose. */
  endSessions(isOver: (member: Member) => boolean, reason: LeaveReason): void {
    this.#waiting.endWhere(isOver);
    for (const member of this.#members.all().filter(isOver)) {
      this.remove(member.id, reason, CLOSE_CODE.UNAUTHORIZED);
    }
    this.#closeIfEmpty();
  }

  update(record: RoomRecord): void {
    const isRenamed = record.room_name !== this.#record.room_name;
    this.#record = record;
    this.#members.broadcastRoom(record);
    if (isRenamed) this.#waiting.showSign();
  }

  /** Ended for all. The places in KV are freed by whoever ended it. */
  end(endedBy: number | null): void {
    this.#members.broadcast("room_ended", { ended_by: endedBy });
    this.#close(CLOSE_CODE.ROOM_ENDED, "room ended");
    this.#ports.emptied(this);
  }

  /** The process stops. Clients come back by themselves, so nobody leaves. */
  suspend(): void {
    this.#close(CLOSE_CODE.SERVICE_RESTART, "server restarts");
  }

  #close(code: CloseCode, reason: string): void {
    this.#lead.stop();
    this.#members.close(code, reason);
    this.#waiting.close(code, reason);
  }

  #enter(member: Member, connection: Connection): void {
    const resumes = member.resumesOver(connection);
    member.connection?.close(CLOSE_CODE.REPLACED, "connected again elsewhere");
    member.goOffline();
    if (member.announced && !resumes) this.#announceLeft(member, "replaced");
    member.comeOnline(connection);
    // Its own socket is not attached yet: it learns the same, and all the rest, from the state.
    this.#members.broadcast(
      resumes ? "participant_updated" : "participant_joined",
      participantToWire(member.record),
    );
    member.attach(connection);
    this.#sendState(member, resumes);
    member.releaseParked(resumes);
    if (!resumes) this.#members.tellUnheard(member);
    this.#ports.mirror(member.record);
    this.#lead.reckon();
  }

  /** Somebody went on purpose; a page that is being reloaded says so too, sometimes late. */
  #leave(member: Member): void {
    if (member.expectsNewerSocket) this.#goOffline(member, this.#ports.times.joinGraceMs);
    else this.remove(member.id, "left");
  }

  #goOffline(member: Member, graceMs: number): void {
    member.goOffline();
    this.#startGrace(member, graceMs);
    this.#members.broadcast("participant_updated", participantToWire(member.record));
    this.#ports.mirror(member.record);
    this.#lead.reckon();
  }

  #startGrace(member: Member, graceMs: number): void {
    member.startTimer(graceMs, () => this.remove(member.id, "connection_lost"));
  }

  #closeIfEmpty(): void {
    if (this.#members.size > 0 || !this.#waiting.isEmpty) return;
    this.#lead.stop();
    this.#ports.emptied(this);
  }

  #announceLeft(member: Member, reason: LeaveReason): void {
    this.#streams.forget(member.id);
    const { participant_id, user_id } = member.record;
    this.#members.broadcast("participant_left", { participant_id, user_id, reason });
  }

  #sendState(member: Member, resumed: boolean): void {
    const origin = member.connection?.origin ?? "";
    const state: ServerMessageData["room_state"] = {
      self: participantToWire(member.record),
      room: roomToWire(this.#record, origin),
      participants: this.#members.all().filter((other) => other.announced)
        .map((other) => participantToWire(other.record)),
      streams: this.streams(),
      recording: this.#ports.recordingOf(this.id),
      ...(can(member.record.role, "see_waiting") ? { waiting: this.#waiting.list() } : {}),
      resumed,
      boot_id: this.#ports.bootId,
      server_time: new Date(this.now()).toISOString(),
    };
    member.send(JSON.stringify({ type: "room_state", data: state, seq: this.#members.seq }));
  }

  /** By the server itself. */
  #appoint({ participant_id, user_name }: ParticipantRecord): void {
    const role = "moderator";
    this.#patch(participant_id, { role });
    this.tell({ action: "set_role", by: null, target: { participant_id, user_name }, role });
  }

  #run(effect: Effect, sender: Member): void {
    const refuse = (code: Parameters<RoomPorts["errorBody"]>[0], facts: object) => {
      const data = this.#ports.errorBody(code, { ...facts });
      sender.send(JSON.stringify({ type: "error", data }));
    };
    const refusalOf = (id?: string): Refusal => (code, facts) => refuse(code, { ...facts, id });
    switch (effect.kind) {
      case "relay":
        return this.#members.relay({ ...effect, from: sender.id });
      case "patch": {
        const { unseen } = sender.record;
        this.#patch(sender.id, sender.heed(effect.flags));
        return unseen === sender.record.unseen ? undefined : this.#ports.mirror(sender.record);
      }
      case "stream":
        return this.#stream(effect);
      case "reply":
        return sender.send(JSON.stringify({ type: effect.type, data: effect.data }));
      case "refuse":
        return refuse(effect.code, effect.facts ?? {});
      case "moderate":
        return this.#ports.moderate(sender.record, effect.command, refusalOf(effect.id));
      case "record":
        return this.#ports.record(sender.record, effect.command, refusalOf(effect.id));
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

  #patch(participantId: number, facts: Partial<ParticipantRecord>): void {
    const member = this.#members.find(participantId);
    if (member === undefined || Object.keys(facts).length === 0) return;
    const before = member.record.role;
    member.record = { ...member.record, ...facts };
    if (member.announced) {
      this.#members.broadcast("participant_updated", participantToWire(member.record));
    }
    this.#ports.mirror(member.record);
    this.#lead.roleChanged(member, before);
  }

  #stream({ participantId, update }: Extract<Effect, { kind: "stream" }>): void {
    this.#members.broadcast("stream_updated", this.#streams.put(participantId, update));
    this.#ports.mirrorStreams(this.id, participantId, this.#streams.of(participantId));
  }
}
