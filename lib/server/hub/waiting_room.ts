/**
 * People in front of the door of one room. They are told how they stand and nothing else: not a
 * word of the room, its people or what is said in it may reach them before they are let in.
 */
import { CLOSE_CODE, type CloseCode } from "../../shared/protocol/close_codes.ts";
import type { LeaveReason } from "../../shared/protocol/messages.ts";
import type { WaitingPerson, WaitingState } from "../../shared/protocol/moderation.ts";
import { waitingToWire } from "../services/wire.ts";
import type { ParticipantRecord } from "../store/participants.ts";
import type { Connection } from "./connection.ts";
import { parseEnvelope } from "./dispatch.ts";
import { Member } from "./member.ts";
import type { RoomPorts } from "./room_ports.ts";

/** What everyone in front of the door is told. */
export type DoorSign = Omit<WaitingState, "participant_id">;

export interface WaitingRoomPorts
  extends Pick<RoomPorts, "clock" | "times" | "markLeft" | "received" | "errorBody"> {
  sign(): DoorSign;
  /** Somebody came, went or changed the name. */
  changed(): void;
  /** Somebody gave up, perhaps the last one. */
  emptied(): void;
}

export class WaitingRoom {
  readonly #ports: WaitingRoomPorts;
  /** In the order of coming. */
  readonly #people = new Map<number, Member>();

  constructor(ports: WaitingRoomPorts) {
    this.#ports = ports;
  }

  get isEmpty(): boolean {
    return this.#people.size === 0;
  }

  has(participantId: number): boolean {
    return this.#people.has(participantId);
  }

  list(): WaitingPerson[] {
    return [...this.#people.values()].map(({ record }) => waitingToWire(record));
  }

  /** Asked by REST to be let in; the socket is to come. */
  expect(record: ParticipantRecord): void {
    const known = this.#people.get(record.participant_id);
    if (known !== undefined) known.record = record;
    else this.#startGrace(this.#add(record), this.#ports.times.joinGraceMs);
    this.#ports.changed();
  }

  /** Known from before a restart. */
  restore(record: ParticipantRecord): void {
    this.#startGrace(this.#add(record), this.#ports.times.graceMs);
  }

  /** @returns false when this one does not wait (any more) */
  attach(participantId: number, connection: Connection): boolean {
    const person = this.#people.get(participantId);
    if (person === undefined) return false;
    person.connection?.close(CLOSE_CODE.REPLACED, "connected again elsewhere");
    person.comeOnline(connection);
    person.attach(connection);
    this.#show(person, this.#ports.sign());
    return true;
  }

  /** Closing the page is not giving up: it may only be loading again. */
  detach(participantId: number, connection: Connection): void {
    const person = this.#speaker(participantId, connection);
    if (person === undefined) return;
    person.goOffline();
    this.#startGrace(person, this.#ports.times.graceMs);
  }

  /** @throws {NotAMessage} as the room does */
  receive(participantId: number, text: string, connection: Connection): void {
    const person = this.#speaker(participantId, connection);
    if (person === undefined) return;
    const { type, id } = parseEnvelope(text);
    if (type === "ping") {
      this.#ports.received(type);
      const server_time = new Date(this.#ports.clock.now()).toISOString();
      return person.send(JSON.stringify({ type: "pong", data: { server_time } }));
    }
    if (type === "leave") {
      this.#ports.received(type);
      return this.#giveUp(person, "left");
    }
    this.#ports.received("unknown");
    const data = this.#ports.errorBody("WAITING", { id });
    person.send(JSON.stringify({ type: "error", data }));
  }

  /** Takes somebody out of the list, with the socket still open. */
  take(participantId: number): Member | undefined {
    const person = this.#people.get(participantId);
    if (person === undefined) return undefined;
    person.stopTimer();
    this.#people.delete(participantId);
    this.#ports.changed();
    return person;
  }

  /** Not let in; storage knows already. */
  end(participantId: number, reason: LeaveReason): void {
    const person = this.take(participantId);
    if (person === undefined) return;
    if (reason === "denied") person.send(JSON.stringify({ type: "denied", data: {} }));
    person.connection?.close(closeCodeOf(reason), reason);
  }

  /** Signed out, or the guest link was revoked. */
  endWhere(isOver: (person: Member) => boolean): void {
    for (const person of [...this.#people.values()].filter(isOver)) {
      person.connection?.close(CLOSE_CODE.UNAUTHORIZED, "session ended");
      this.#giveUp(person, "left");
    }
  }

  /** How those in front of the door stand has changed. */
  showSign(): void {
    const sign = this.#ports.sign();
    for (const person of this.#people.values()) this.#show(person, sign);
  }

  /** The room is over, or the server stops: who waited is forgotten here. */
  close(code: CloseCode, reason: string): void {
    for (const person of this.#people.values()) {
      person.stopTimer();
      person.connection?.close(code, reason);
    }
    this.#people.clear();
  }

  #show(person: Member, { room_name, moderators_online }: DoorSign): void {
    const data: WaitingState = { room_name, participant_id: person.id, moderators_online };
    person.send(JSON.stringify({ type: "waiting_state", data }));
  }

  #add(record: ParticipantRecord): Member {
    const person = new Member(record, this.#ports.clock);
    this.#people.set(person.id, person);
    return person;
  }

  #startGrace(person: Member, graceMs: number): void {
    person.startTimer(graceMs, () => this.#giveUp(person, "connection_lost"));
  }

  #giveUp(person: Member, reason: LeaveReason): void {
    this.end(person.id, reason);
    this.#ports.markLeft(person.record, reason);
    this.#ports.emptied();
  }

  /** What comes over a socket that was replaced does not count. */
  #speaker(participantId: number, connection: Connection): Member | undefined {
    const person = this.#people.get(participantId);
    return person?.connection === connection ? person : undefined;
  }
}

/** What somebody hears who has to go. */
export function closeCodeOf(reason: LeaveReason): CloseCode {
  if (reason === "removed") return CLOSE_CODE.REMOVED;
  if (reason === "banned") return CLOSE_CODE.BANNED;
  if (reason === "denied") return CLOSE_CODE.DENIED;
  return CLOSE_CODE.LEFT;
}
