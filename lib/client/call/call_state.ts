/**
 * What the call looks like to the page: signals, written by `CallSession` only. Components get
 * these and the commands; they know nothing of sockets and connections.
 */
import type { ReadonlySignal } from "@preact/signals";
import type { ErrorBody } from "../../shared/protocol/errors.ts";
import type {
  ModerationEvent,
  MutedMedia,
  WaitingPerson,
} from "../../shared/protocol/moderation.ts";
import type { Role, VideoParticipant } from "../../shared/protocol/participants.ts";
import type { VideoRoom } from "../../shared/protocol/rooms.ts";

/**
 * `waiting`: in front of the door, until a host opens it. `reconnecting`: signaling is away; media
 * goes on meanwhile.
 */
export type CallPhase = "connecting" | "waiting" | "connected" | "reconnecting" | "ended";

export interface CallEnd {
  readonly reason:
    | "left"
    | "removed"
    | "banned"
    | "denied"
    | "replaced"
    | "room_ended"
    | "error";
  /** With `error`: what the server said. */
  readonly error?: ErrorBody;
  /** Who ended it, where that is known. */
  readonly by?: { readonly name: string; readonly isSelf: boolean };
}

/** All that somebody who waits may know of the room. */
export interface Door {
  readonly roomName: string;
  /** Somebody is in the room who could open. */
  readonly moderatorsOnline: boolean;
}

/** A short message to this person; a new object each time. */
export type CallNotice =
  | {
    readonly kind: "moderation";
    readonly event: ModerationEvent;
    /** It happened to this person, perhaps among others. */
    readonly aboutSelf: boolean;
  }
  /** The server would not do what was asked. */
  | { readonly kind: "refused"; readonly error: ErrorBody }
  /** A moderator keeps the device off that the person reached for. */
  | { readonly kind: "locked"; readonly media: MutedMedia };

/** `interrupted`: was connected and is being repaired. */
export type LinkPhase = "connecting" | "connected" | "interrupted";

/**
 * What can be said of the encryption with one other person. `transport`: only from browser to
 * browser, because the other program cannot do more. `failed`: somebody may be in between.
 */
export type Protection =
  | { readonly kind: "agreeing" | "transport" | "failed" }
  /** `byLink`: both hold the secret of the link; otherwise comparing the code tells. */
  | { readonly kind: "encrypted"; readonly byLink: boolean; readonly code: readonly number[] };

/** Somebody else in the room. One object per participant for as long as it stays. */
export interface RemotePerson {
  readonly id: number;
  readonly participant: ReadonlySignal<VideoParticipant>;
  readonly link: ReadonlySignal<LinkPhase>;
  readonly protection: ReadonlySignal<Protection>;
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
  /** Null unless this person waits. */
  readonly door: ReadonlySignal<Door | null>;
  /** Who waits to be let in; empty for those who may not decide it. In order of arrival. */
  readonly waiting: ReadonlySignal<readonly WaitingPerson[]>;
  readonly notice: ReadonlySignal<CallNotice | null>;
}

export interface CallCommands {
  toggleMicrophone(): void;
  toggleCamera(): void;
  /** Opens the browser's picker; resolves when sharing runs or the person declined. */
  toggleScreenShare(): Promise<void>;
  raiseHand(raised: boolean): void;
  leave(): void;
  readonly moderation: ModerationCommands;
}

/** Null for a participant_id: everyone whom this person may treat so. */
export interface ModerationCommands {
  mute(participantId: number | null, media: MutedMedia): void;
  /** Off, and the person cannot switch it on. */
  lock(participantId: number, media: MutedMedia): void;
  unlock(participantId: number, media: MutedMedia): void;
  remove(participantId: number): void;
  ban(participantId: number, reason: string): void;
  setRole(participantId: number, role: Role): void;
  lockRoom(locked: boolean): void;
  admit(participantId: number | null): void;
  deny(participantId: number | null): void;
}
