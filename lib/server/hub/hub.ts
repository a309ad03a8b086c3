/** The live rooms of this server process: finds them, makes them, lets them go. */
import type { ParticipantRecord } from "../store/participants.ts";
import type { RoomRecord } from "../store/rooms.ts";
import type { Bus, BusEvent } from "../bus.ts";
import { Room, type RoomPorts } from "./room.ts";

export interface HubPorts extends Omit<RoomPorts, "emptied"> {
  bus: Bus;
}

export class Hub {
  readonly #ports: RoomPorts;
  readonly #rooms = new Map<number, Room>();
  readonly #unsubscribe: () => void;

  constructor({ bus, ...ports }: HubPorts) {
    this.#ports = { ...ports, emptied: (room) => this.#rooms.delete(room.id) };
    this.#unsubscribe = bus.subscribe((event) => this.#handle(event));
  }

  /** Rooms with somebody in them, and people with an open socket. */
  census(): { rooms: number; online: number } {
    let online = 0;
    for (const room of this.#rooms.values()) online += room.onlineCount;
    return { rooms: this.#rooms.size, online };
  }

  /** Everyone who was in a room when the process stopped is offline, and has the grace to return. */
  restore(present: readonly { room: RoomRecord; participants: ParticipantRecord[] }[]): void {
    for (const { room, participants } of present) {
      const live = this.room(room);
      for (const participant of participants) live.restore(participant);
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

  /** Closes every socket with the word that the server restarts. */
  shutdown(): void {
    this.#unsubscribe();
    for (const room of this.#rooms.values()) room.suspend();
    this.#rooms.clear();
  }

  #handle(event: BusEvent): void {
    switch (event.type) {
      case "participant_expected":
        return this.room(event.room).expect(event.participant);
      case "participant_gone":
        return this.#rooms.get(event.room_id)?.remove(event.participant_id, event.reason);
      case "room_updated":
        return this.#rooms.get(event.room.room_id)?.update(event.room);
      case "room_ended":
        return this.#rooms.get(event.room.room_id)?.end(event.ended_by);
      default:
        event satisfies never;
    }
  }
}
