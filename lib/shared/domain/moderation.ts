/** What moderation does to the facts about a participant. */
import type { Mute, MutedMedia } from "../protocol/moderation.ts";
import type { Role, VideoParticipant } from "../protocol/participants.ts";
import { leads } from "./permissions.ts";

export type MediaFacts = Pick<
  VideoParticipant,
  | "is_muted"
  | "is_video_enabled"
  | "is_screen_sharing"
  | "is_audio_locked"
  | "is_video_locked"
  | "is_screen_locked"
>;

const SWITCHED_OFF = {
  audio: { is_muted: true },
  video: { is_video_enabled: false },
  screen: { is_screen_sharing: false },
} as const satisfies Record<MutedMedia, Partial<MediaFacts>>;

const LOCKS = {
  audio: "is_audio_locked",
  video: "is_video_locked",
  screen: "is_screen_locked",
} as const satisfies Record<MutedMedia, keyof MediaFacts>;

/**
 * Nobody is ever switched on by others: `muted: false` takes the lock away and nothing else, and a
 * plain mute of somebody locked leaves the lock where it is.
 */
export function muteFacts({ media, muted, locked }: Mute): Partial<MediaFacts> {
  if (!muted) return { [LOCKS[media]]: false };
  return { ...SWITCHED_OFF[media], ...(locked ? { [LOCKS[media]]: true } : {}) };
}

export function isLocked(facts: MediaFacts, media: MutedMedia): boolean {
  return facts[LOCKS[media]];
}

const ALL_MEDIA = ["audio", "video", "screen"] as const satisfies readonly MutedMedia[];

/** What is locked is off, whatever somebody wishes on the way in. */
export function obeyLocks<Facts extends MediaFacts>(facts: Facts): Facts {
  return switchOff(facts, ALL_MEDIA.filter((media) => isLocked(facts, media)));
}

export function switchOff<Facts extends MediaFacts>(
  facts: Facts,
  media: readonly MutedMedia[],
): Facts {
  return Object.assign({}, facts, ...media.map((medium) => SWITCHED_OFF[medium]));
}

/** What these facts say about: each medium, and whether it is on. */
export function switched(facts: Partial<MediaFacts>): { media: MutedMedia; on: boolean }[] {
  const { is_muted, is_video_enabled: video, is_screen_sharing: screen } = facts;
  const audio = is_muted === undefined ? undefined : !is_muted;
  const says = { audio, video, screen };
  return ALL_MEDIA.flatMap((media) => {
    const on = says[media];
    return on === undefined ? [] : [{ media, on }];
  });
}

/** Guests lead at most as moderators, and who signed in is no guest. */
export function mayBecome(person: { is_guest: boolean }, role: Role): boolean {
  return person.is_guest ? role !== "host" : role !== "guest";
}

interface Present {
  role: Role;
  is_guest: boolean;
  is_online: boolean;
  joined_at: string;
}

/**
 * Who leads when nobody does: the one who signed in and has been here longest, never a guest.
 * Undefined: somebody leads, or there is nobody to choose.
 */
export function successor<Person extends Present>(people: readonly Person[]): Person | undefined {
  const online = people.filter((person) => person.is_online);
  if (online.some((person) => leads(person.role))) return undefined;
  return online.filter((person) => !person.is_guest)
    .sort((one, other) => one.joined_at.localeCompare(other.joined_at))[0];
}
