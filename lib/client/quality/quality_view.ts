/** What the page may know and change about the quality of a call. */
import type { ReadonlySignal } from "@preact/signals";
import type { QualityChoice } from "../../shared/domain/quality_choice.ts";
import type { PersonRating } from "./person_rating.ts";
import type { LinkRates } from "./rates.ts";
import type { VideoLine } from "./rungs.ts";

/** One other person, as the connection is to this one. */
export interface PersonQuality extends PersonRating {
  /** Over there the network is too weak for the picture: the sound goes on. */
  readonly paused: boolean;
}

/** Numbers for those who look. */
export interface LinkDetails {
  readonly id: number;
  readonly rates: LinkRates;
}

/** For how many of those who look at it this person's own picture had to stop. */
export type Paused = "none" | "some" | "all";

export interface QualityView {
  readonly choice: ReadonlySignal<QualityChoice>;
  choose(choice: QualityChoice): void;
  /** Because this person's network has no room for it. */
  readonly paused: ReadonlySignal<Paused>;
  /** One signal per person, the same for as long as the call lasts. */
  person(id: number): ReadonlySignal<PersonQuality>;
  /** In order of the people in the room; every second. */
  readonly details: ReadonlySignal<readonly LinkDetails[]>;
  /**
   * This element shows somebody: that person learns how large, and sends no more than that.
   *
   * @returns what ends it
   */
  watch(element: Element, id: number, line: VideoLine): () => void;
}
