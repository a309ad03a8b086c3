/** Everyone in one live room, and the numbered order in which they hear of its changes. */
import type { CloseCode } from "../../shared/protocol/close_codes.ts";
import type { ServerMessageData } from "../../shared/protocol/messages.ts";
import { roomToWire } from "../services/wire.ts";
import type { ParticipantRecord } from "../store/participants.ts";
import type { RoomRecord } from "../store/rooms.ts";
import type { Clock } from "./connection.ts";
import type { RelayType } from "./effects.ts";
import { Member } from "./member.ts";

/** Only these events change what everyone must agree on; they are numbered. */
type RoomEvent =
  | "participant_joined"
  | "participant_updated"
  | "participant_left"
  | "stream_updated"
  | RecordingNews
  | "room_ended";

export type RecordingNews = "recording_started" | "recording_stopped" | "recording_available";

export interface Relayed {
  type: RelayType;
  data: unknown;
  from: number;
  to?: number;
  id?: string;
}

export class Members {
  readonly #clock: Clock;
  readonly #all = new Map<number, Member>();
  #seq = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Number of the last change. */
  get seq(): number {
    return this.#seq;
  }

  get size(): number {
    return this.#all.size;
  }

  all(): Member[] {
    return [...this.#all.values()];
  }

  /** With an open socket. */
  online(): Member[] {
    return this.all().filter((member) => member.connection !== null);
  }

  find(participantId: number): Member | undefined {
    return this.#all.get(participantId);
  }

  add(record: ParticipantRecord): Member {
    const member = new Member(record, this.#clock);
    this.#all.set(member.id, member);
    return member;
  }

  delete(participantId: number): void {
    this.#all.delete(participantId);
  }

  /** Numbers one change and tells everyone with an open socket. */
  broadcast<Type extends RoomEvent>(type: Type, data: ServerMessageData[Type]): void {
    const text = JSON.stringify({ type, data, seq: ++this.#seq });
    for (const member of this.#all.values()) member.send(text);
  }

  /** As `broadcast`; addresses in it are those that each one uses. */
  broadcastRoom(record: RoomRecord): void {
    const seq = ++this.#seq;
    for (const member of this.online()) {
      const data = roomToWire(record, member.connection?.origin ?? "");
      member.send(JSON.stringify({ type: "room_updated", data, seq }));
    }
  }

  /**
   * To everyone, without a number: it tells of changes and is none.
   * @returns for whom it is kept, since they are away
   */
  tell<Type extends "moderation">(type: Type, data: ServerMessageData[Type]): Member[] {
    const text = JSON.stringify({ type, data });
    const { action, target } = data;
    return this.all().filter((member) => {
      const concerns = target === null || target.participant_id === member.id;
      if (action === "mute" && concerns) return member.sendOrder(text);
      member.send(text);
      return false;
    });
  }

  /** To one, or to everyone else. */
  relay({ type, data, from, to, id }: Relayed): void {
    const text = JSON.stringify({ type, data, from, id });
    const { link } = data as { link?: string };
    const letter = { type, from, link, text };
    if (to !== undefined) return this.#all.get(to)?.sendOrPark(letter);
    const others = this.all().filter((member) => member.id !== from && member.announced);
    for (const member of others) member.sendOrPark(letter);
    if (others.length > 0) return;
    this.#all.get(from)?.keepUnheard(text, { isOffer: type === "offer" });
  }

  /**
   * What was said to an empty room is for the first who comes: a client that knows only the
   * documents offers once, as soon as it is connected.
   */
  tellUnheard(newcomer: Member): void {
    for (const member of this.#all.values()) {
      if (member === newcomer) continue;
      for (const text of member.takeUnheard()) newcomer.send(text);
    }
  }

  close(code: CloseCode, reason: string): void {
    for (const member of this.#all.values()) {
      member.stopTimer();
      member.connection?.close(code, reason);
    }
    this.#all.clear();
  }
}
