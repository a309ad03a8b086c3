/**
 * What the call looks like to the page: signals, written by `CallSession` only. Components get
 * these and the commands; they know nothing of sockets and connections.
 */
import type { ReadonlySignal } from "@preact/signals";
import type { ErrorBody } from "../../shared/protocol/errors.ts";
import type { VideoParticipant } from "../../shared/protocol/participants.ts";
import type { VideoRoom } from "../../shared/protocol/rooms.ts";

/** `reconnecting`: signaling is away; media goes on meanwhile. */
export type CallPhase = "connecting" | "connected" | "reconnecting" | "ended";

export interface CallEnd {
  readonly reason: "left" | "removed" | "replaced" | "room_ended" | "error";
  /** With `error`: what the server said. */
  readonly error?: ErrorBody;
}

/** `interrupted`: was connected and is being repaired. */
export type LinkPhase = "connecting" | "connected" | "interrupted";

/** Somebody else in the room. One object per participant for as long as it stays. */
export interface RemotePerson {
  readonly id: number;
  readonly participant: ReadonlySignal<VideoParticipant>;
  readonly link: ReadonlySignal<LinkPhase>;
  /** Stable objects: set as `srcObject` once. Tracks inside change. */
  readonly camera: MediaStream;
  readonly audio: MediaStream;
  readonly screen: MediaStream;
  /** Sound that comes with the shared screen; plays beside `audio`. */
  readonly screenAudio: MediaStream;
  /** Picture is flowing and meant to be shown. */
  readonly showsCamera: ReadonlySignal<boolean>;
  readonly showsScreen: ReadonlySignal<boolean>;
  /** 0 to 1, from the received audio. */
  readonly level: ReadonlySignal<number>;
}

export interface CallState {
  readonly phase: ReadonlySignal<CallPhase>;
  readonly end: ReadonlySignal<CallEnd | null>;
  /** Null until the room has answered. */
  readonly room: ReadonlySignal<VideoRoom | null>;
  readonly self: ReadonlySignal<VideoParticipant | null>;
  /** In order of joining. */
  readonly others: ReadonlySignal<readonly RemotePerson[]>;
  /** participant_id of who speaks, self included; null when all are silent. */
  readonly activeSpeaker: ReadonlySignal<number | null>;
  /** Speaking into a muted microphone. */
  readonly speakingWhileMuted: ReadonlySignal<boolean>;
}

export interface CallCommands {
  toggleMicrophone(): void;
  toggleCamera(): void;
  /** Opens the browser's picker; resolves when sharing runs or the person declined. */
  toggleScreenShare(): Promise<void>;
  raiseHand(raised: boolean): void;
  leave(): void;
}
