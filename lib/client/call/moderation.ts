/** Moderation from where this person stands: commands go up; news and the waiting list come down. */
import { type ReadonlySignal, signal } from "@preact/signals";
import type { ErrorBody } from "../../shared/protocol/errors.ts";
import type {
  ClientMessageData,
  ClientMessageType,
  RoomState,
} from "../../shared/protocol/messages.ts";
import type {
  ModerationEvent,
  MutedMedia,
  WaitingPerson,
} from "../../shared/protocol/moderation.ts";
import type { Role } from "../../shared/protocol/participants.ts";
import type { RunningRecording } from "../../shared/protocol/recordings.ts";
import type { CallNotice, ModerationCommands } from "./call_state.ts";

type Send = <Type extends ClientMessageType>(type: Type, data: ClientMessageData[Type]) => void;

/** What the server decides about every command shows in the call's state, or as a notice. */
export class Moderation implements ModerationCommands {
  readonly #send: Send;
  readonly #waiting = signal<readonly WaitingPerson[]>([]);
  readonly #recording = signal<RunningRecording | null>(null);
  readonly #notice = signal<CallNotice | null>(null);
  readonly waiting: ReadonlySignal<readonly WaitingPerson[]> = this.#waiting;
  readonly recording: ReadonlySignal<RunningRecording | null> = this.#recording;
  readonly notice: ReadonlySignal<CallNotice | null> = this.#notice;

  constructor(send: Send) {
    this.#send = send;
  }

  mute(participantId: number | null, media: MutedMedia): void {
    this.#mute(participantId, { media, muted: true, locked: false });
  }

  lock(participantId: number, media: MutedMedia): void {
    this.#mute(participantId, { media, muted: true, locked: true });
  }

  unlock(participantId: number, media: MutedMedia): void {
    this.#mute(participantId, { media, muted: false, locked: false });
  }

  remove(participantId: number): void {
    this.#send("remove-participant", { participant_id: participantId });
  }

  ban(participantId: number, reason: string): void {
    this.#send("ban-participant", { participant_id: participantId, reason });
  }

  setRole(participantId: number, role: Role): void {
    this.#send("set-role", { participant_id: participantId, role });
  }

  lockRoom(locked: boolean): void {
    this.#send("lock-room", { locked });
  }

  admit(participantId: number | null): void {
    this.#send("admit-participant", toOneOrAll(participantId));
    this.#answered(participantId);
  }

  deny(participantId: number | null): void {
    this.#send("deny-participant", toOneOrAll(participantId));
    this.#answered(participantId);
  }

  /** The server's list replaces what was known. */
  /** What the room is like now, replacing what was known. */
  takeUp(state: Pick<RoomState, "waiting" | "recording">): void {
    this.setWaiting(state.waiting ?? []);
    this.setRecording(state.recording);
  }

  /** Null: nothing is being recorded. */
  setRecording(running: RunningRecording | null): void {
    this.#recording.value = running;
  }

  setWaiting(waiting: readonly WaitingPerson[]): void {
    this.#waiting.value = waiting;
  }

  happened(event: ModerationEvent, aboutSelf: boolean): void {
    this.#notice.value = { kind: "moderation", event, aboutSelf };
  }

  refused(error: ErrorBody): void {
    this.#notice.value = { kind: "refused", error };
  }

  /** The person reached for a device that is locked. */
  explainLock(media: MutedMedia): void {
    this.#notice.value = { kind: "locked", media };
  }

  /** Gone from the list at once: a second tap must not meet the same name. */
  #answered(participantId: number | null): void {
    this.#waiting.value = this.#waiting.peek().filter((person) =>
      participantId !== null && person.participant_id !== participantId
    );
  }

  #mute(participantId: number | null, order: ClientMessageData["mute-participant"]): void {
    this.#send("mute-participant", { ...order, ...toOneOrAll(participantId) });
  }
}

function toOneOrAll(participantId: number | null): { participant_id?: number } {
  return participantId === null ? {} : { participant_id: participantId };
}
