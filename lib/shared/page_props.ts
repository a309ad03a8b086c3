/** What the server hands to the pages and their islands. Serialisable, in one language. */
import type { Locale } from "./i18n/locale.ts";
import type { Messages } from "./i18n/translate.ts";
import type { PublicUser } from "./protocol/auth.ts";
import type { ErrorCode } from "./protocol/errors.ts";
import type { Recording } from "./protocol/recordings.ts";
import type { VideoRoom } from "./protocol/rooms.ts";

/** Every page: its language and its address without the origin. */
export interface PageData {
  readonly locale: Locale;
  readonly path: string;
}

export const HOME_NAMESPACES = ["common", "home", "error"] as const;
export type HomeNamespace = (typeof HOME_NAMESPACES)[number];

export interface HomePageProps {
  readonly locale: Locale;
  readonly messages: Messages<HomeNamespace>;
  readonly user: PublicUser;
  readonly rooms: readonly VideoRoom[];
  /** There are some that this person may see. */
  readonly hasRecordings: boolean;
}

export const RECORDINGS_NAMESPACES = ["common", "recordings", "error"] as const;
export type RecordingsNamespace = (typeof RECORDINGS_NAMESPACES)[number];

export interface RecordingsPageProps {
  readonly locale: Locale;
  readonly messages: Messages<RecordingsNamespace>;
  /** Newest first. */
  readonly recordings: readonly Recording[];
  /** There are older ones. */
  readonly hasMore: boolean;
}

export const GUEST_ENTRY_NAMESPACES = ["common", "guest_entry", "error"] as const;
export type GuestEntryNamespace = (typeof GUEST_ENTRY_NAMESPACES)[number];

export interface GuestEntryProps {
  readonly locale: Locale;
  readonly messages: Messages<GuestEntryNamespace>;
}

export const SIGN_IN_NAMESPACES = ["common", "login", "error"] as const;
export type SignInNamespace = (typeof SIGN_IN_NAMESPACES)[number];

export interface SignInProps {
  readonly locale: Locale;
  readonly messages: Messages<SignInNamespace>;
  /** Path to go to afterwards; same origin. */
  readonly next: string;
}

export const ROOM_NAMESPACES = [
  "common",
  "lobby",
  "call",
  "chat",
  "waiting",
  "people",
  "moderation",
  "protection",
  "quality",
  "settings",
  "error",
] as const;
export type RoomNamespace = (typeof ROOM_NAMESPACES)[number];

/** All that a page tells of a room before somebody is let in. */
export type RoomDoor = Pick<VideoRoom, "room_name" | "room_code" | "room_url">;

export interface RoomPageProps {
  readonly locale: Locale;
  readonly messages: Messages<RoomNamespace>;
  readonly room: RoomDoor;
  readonly user: PublicUser;
  /** Somebody in this browser is in this call: the page was probably loaded again. */
  readonly returning: boolean;
}

export interface ErrorPageData extends PageData {
  readonly code: ErrorCode;
}
