/** The live rooms of this server process: finds them, makes them, lets them go. */
import type { Occupied } from "../services/participants.ts";
import type { RoomRecord } from "../store/rooms.ts";
import type { Bus, BusEvent } from "../bus.ts";
import type { RoomCensus } from "../hub_port.ts";
import type { Member } from "./member.ts";
import { Room, type RoomOwner } from "./room.ts";
import type { RoomPorts } from "./room_ports.ts";

type SessionsEnded = Extract<BusEvent, { type: "sessions_ended" }>;

export interface HubPorts extends RoomPorts {
  bus: Bus;
}

export class Hub {
  readonly #ports: RoomPorts & RoomOwner;
  readonly #rooms = new Map<number, Room>();
  readonly #unsubscribe: () => void;
  #isOpen = true;

  constructor({ bus, ...ports }: HubPorts) {
    this.#ports = { ...ports, emptied: (room) => this.#forget(room) };
    this.#unsubscribe = bus.subscribe((event) => this.#handle(event));
  }

  /** Rooms with somebody in them. */
  census(): RoomCensus[] {
    return [...this.#rooms.values()].map((room) => {
      return { room_id: room.id, participants: room.memberCount, online: room.onlineCount };
    });
  }

  /** Everyone who was in a room when the process stopped is offline, and has the grace to return. */
  restore(occupied: readonly Occupied[]): void {
    for (const { room, participants, waiting } of occupied) {
      const live = this.room(room);
      for (const participant of participants) live.restore(participant);
      for (const person of waiting) live.restoreWaiting(person);
    }
  }

  room(record: RoomRecord): Room {
    let room = this.#rooms.get(record.room_id);
    if (room === undefined) {
      room = new Room(record, this.#ports);
      this.#rooms.set(record.room_id, room);
    }
    return room;
  }

  /** False once it was shut down. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Closes every socket with the word that the server restarts. */
  shutdown(): void {
    this.#isOpen = false;
    this.#unsubscribe();
    for (const room of this.#rooms.values()) room.suspend();
    this.#rooms.clear();
  }

  #forget(room: Room): void {
    // A new one may have begun since.
    if (this.#rooms.get(room.id) === room) this.#rooms.delete(room.id);
  }

  #handle(event: BusEvent): void {
    switch (event.type) {
      case "participant_expected":
      case "participant_admitted":
        return this.room(event.room).expect(event.participant);
      case "participant_waiting":
        return this.room(event.room).expectWaiting(event.participant);
      case "waiting_ended":
        return this.#rooms.get(event.room_id)?.endWaiting(event.participant_id, event.reason);
      case "participant_moderated":
        return this.#rooms.get(event.room_id)?.moderate(event.participant_id, event.facts);
      case "moderation":
        return this.#rooms.get(event.room_id)?.tell(event.event);
      case "participant_gone":
        return this.#rooms.get(event.room_id)?.remove(event.participant_id, event.reason);
      case "participant_left":
        return; // the room has said so itself
      case "recording_started":
        return this.#rooms.get(event.room_id)?.announce("recording_started", event.recording);
      case "recording_stopped":
      case "recording_available":
        return this.#rooms.get(event.room_id)?.announce(event.type, event.told);
      case "room_updated":
        return this.#rooms.get(event.room.room_id)?.update(event.room);
      case "room_ended":
        return this.#rooms.get(event.room.room_id)?.end(event.ended_by);
      case "sessions_ended":
        return this.#endSessions(event);
      default:
        event satisfies never;
    }
  }

  #endSessions({ session_ids, user_id, link_id }: SessionsEnded): void {
    const ids = new Set(session_ids);
    const isOver = ({ session, record }: Member) =>
      (user_id !== undefined && record.user_id === user_id) ||
      (session !== null && ids.has(session.session_id)) ||
      (link_id !== undefined && session?.link_id === link_id);
    const reason = link_id === undefined ? "left" : "removed";
    for (const room of [...this.#rooms.values()]) room.endSessions(isOver, reason);
  }
}
