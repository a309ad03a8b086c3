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
import type { RunningRecording } from "../../shared/protocol/recordings.ts";
import type { VideoRoom } from "../../shared/protocol/rooms.ts";
import type { Voucher } from "../e2ee/acquaintance.ts";
import type { PairFailure } from "../e2ee/pair_session.ts";
import type { QualityView } from "../quality/quality_view.ts";

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
 * Why there is no encryption with somebody. `code`: the person saw another code than they did.
 * `bypassed`: a browser let frames go past the encryption. `unreadable`: what comes does not open.
 * The others are steps of the key agreement that somebody in between may have changed or held up.
 */
export type ProtectionFailure = PairFailure | "code" | "bypassed" | "unreadable";

/**
 * What can be said of the encryption with one other person. `transport`: only from browser to
 * browser, because a program cannot do more, `lacking` whose. `refused`: the same in a room that
 * demands more, so that there is no link at all. `failed`: somebody may be in between.
 */
export type Protection =
  | { readonly kind: "agreeing" }
  | { readonly kind: "transport" | "refused"; readonly lacking: "self" | "other" }
  | { readonly kind: "failed"; readonly reason: ProtectionFailure }
  | {
    readonly kind: "encrypted";
    /** 7 numbers from 0 to 63, the same on both sides unless somebody is in between. */
    readonly code: readonly number[];
    /** By what it is known that nobody is in between; null: by nothing yet. */
    readonly verified: Voucher | null;
    /** They have compared the code on their side. */
    readonly peerCompared: boolean;
  };

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

/** One entry of the chat. `cut`: somebody wrote so much that some of it was left out. */
export interface ChatLine {
  readonly kind: "text" | "cut";
  readonly id: string;
  /** participant_id */
  readonly from: number;
  /** As the person was called then. */
  readonly name: string;
  readonly own: boolean;
  readonly text: string;
  /** Milliseconds since the epoch, by this browser's clock: when it was written or came. */
  readonly atMs: number;
  /** Own lines: participant_ids of those who have not got it yet. */
  readonly waiting: readonly number[];
  /** Own lines: how many have it. */
  readonly arrived: number;
}

export type ChatRefusal = "empty" | "too_long" | "too_fast";

export interface ChatView {
  /** In the order in which they were written or came. */
  readonly lines: ReadonlySignal<readonly ChatLine[]>;
  /** What came while nobody looked. */
  readonly unread: ReadonlySignal<number>;
  /** The newest of these; a new object each time. */
  readonly latest: ReadonlySignal<ChatLine | null>;
}

export interface ChatCommands {
  /** To everybody who can read. @returns null: it is on its way; else why not */
  say(text: string): ChatRefusal | null;
  /** The chat is before the person's eyes, or no longer. */
  look(open: boolean): void;
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
  /** The room is not just filling: tiles may glide to their places. */
  readonly calm: ReadonlySignal<boolean>;
  /** Null unless this person waits. */
  readonly door: ReadonlySignal<Door | null>;
  /** Who waits to be let in; empty for those who may not decide it. In order of arrival. */
  readonly waiting: ReadonlySignal<readonly WaitingPerson[]>;
  /** What is being recorded now; null: nothing. */
  readonly recording: ReadonlySignal<RunningRecording | null>;
  readonly notice: ReadonlySignal<CallNotice | null>;
  readonly chat: ChatView;
  readonly quality: QualityView;
}

export interface CallCommands {
  toggleMicrophone(): void;
  toggleCamera(): void;
  /** Opens the browser's picker; resolves when sharing runs or the person declined. */
  toggleScreenShare(): Promise<void>;
  raiseHand(raised: boolean): void;
  leave(): void;
  readonly moderation: ModerationCommands;
  readonly chat: ChatCommands;
}

/** What a person does about the encryption with one other. */
export interface ProtectionCommands {
  /** The code was compared: it is the same on both screens. */
  compare(participantId: number): void;
  /** The code was compared, and is another one: nothing is sent to them or played any more. */
  reportMismatch(participantId: number): void;
  /** Another attempt, after a failure. */
  retry(participantId: number): void;
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
