/**
 * What people say of their own microphone, camera, screen and hand while the server cannot pass it
 * on. Everybody believes it as far as the server would have: what somebody who leads has switched
 * off stays off until the server says otherwise.
 */
import type { ModerationEvent, MutedMedia } from "../../shared/protocol/moderation.ts";
import type { VideoParticipant } from "../../shared/protocol/participants.ts";
import { concerns } from "./obedience.ts";

export const DEVICES_TOPIC = "devices";

export type DeviceWord = Pick<
  VideoParticipant,
  "is_muted" | "is_video_enabled" | "is_screen_sharing" | "is_hand_raised"
>;

/** Null: not of this form. */
export function readDeviceWord(body: unknown): DeviceWord | null {
  if (typeof body !== "object" || body === null) return null;
  const { is_muted, is_video_enabled, is_screen_sharing, is_hand_raised } = body as DeviceWord;
  const word = { is_muted, is_video_enabled, is_screen_sharing, is_hand_raised };
  return Object.values(word).every((flag) => typeof flag === "boolean") ? word : null;
}

/** One person, as the server knows them and as they say themselves. */
export class Account {
  #fact: VideoParticipant;
  #word: DeviceWord | null = null;
  #serverAway = false;
  /** Switched off by somebody who leads, and not on again since. */
  readonly #ordered = new Set<MutedMedia>();

  constructor(fact: VideoParticipant) {
    this.#fact = fact;
  }

  /** How things stand, as far as anybody can know. */
  get believed(): VideoParticipant {
    const fact = this.#fact;
    const word = this.#word;
    if (word === null || (fact.is_online && !this.#serverAway)) return fact;
    return {
      ...fact,
      is_muted: word.is_muted || fact.is_audio_locked || this.#ordered.has("audio"),
      is_video_enabled: word.is_video_enabled && !fact.is_video_locked &&
        !this.#ordered.has("video"),
      is_screen_sharing: word.is_screen_sharing && !fact.is_screen_locked &&
        !this.#ordered.has("screen"),
      is_hand_raised: word.is_hand_raised,
    };
  }

  /** From the server. */
  learn(fact: VideoParticipant): void {
    this.#fact = fact;
    if (!fact.is_muted) this.#ordered.delete("audio");
    if (fact.is_video_enabled) this.#ordered.delete("video");
    if (fact.is_screen_sharing) this.#ordered.delete("screen");
    // The server hears this person again: what it says is newer than what they said.
    if (fact.is_online && !this.#serverAway) this.#word = null;
  }

  /** From the server, too: an order that everybody enforces. */
  order(event: ModerationEvent): void {
    if (event.action !== "mute" || !concerns(event, this.#fact)) return;
    this.#ordered.add(event.media ?? "audio");
  }

  /** From the person. */
  hear(word: DeviceWord): void {
    this.#word = word;
  }

  setServerAway(away: boolean): void {
    this.#serverAway = away;
    if (!away && this.#fact.is_online) this.#word = null;
  }
}
