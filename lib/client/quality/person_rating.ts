/** What one person's connection is like to the one who listens and looks. */
import {
  type LinkRating,
  type LinkTrouble,
  rateLink,
  worstRating,
} from "../../shared/domain/link_rating.ts";

export interface Experience {
  readonly rttMs: number | null;
  readonly jitterMs: number | null;
  readonly loss: number | null;
  /** Shares, 0 to 1. */
  readonly frozen: number;
  readonly concealed: number;
}

export type PersonTrouble = LinkTrouble | "freezes" | "gaps";

export interface PersonRating {
  readonly rating: LinkRating;
  /** What is noticed, the worst first. */
  readonly troubles: readonly PersonTrouble[];
}

/** A rating with what is not shown yet: it must last before the mark on the screen changes. */
export interface RatingState {
  readonly shown: PersonRating;
  readonly next: LinkRating;
  readonly times: number;
}

/** From here on it is noticed, and from there on it spoils a conversation. */
const FROZEN = { fair: 0.05, poor: 0.3 };
const CONCEALED = { fair: 0.03, poor: 0.12 };
/** Readings in a row. Bad news is told sooner than good news, so that the mark does not flicker. */
const WORSE_AFTER = 2;
const BETTER_AFTER = 5;

const ORDER: readonly LinkRating[] = ["unknown", "good", "fair", "poor"];
export const UNRATED: RatingState = {
  shown: { rating: "unknown", troubles: [] },
  next: "unknown",
  times: 0,
};

export function ratePerson({ rttMs, jitterMs, loss, frozen, concealed }: Experience): PersonRating {
  const link = rateLink({ rtt_ms: rttMs, jitter_ms: jitterMs, loss });
  const freezes = step(frozen, FROZEN);
  const gaps = step(concealed, CONCEALED);
  const known = link.rating !== "unknown";
  return {
    rating: known ? worstRating([link.rating, freezes, gaps]) : "unknown",
    troubles: [
      ...(gaps === "good" ? [] : ["gaps" as const]),
      ...(freezes === "good" ? [] : ["freezes" as const]),
      ...link.troubles,
    ],
  };
}

export function settleRating(state: RatingState, now: PersonRating): RatingState {
  if (now.rating === state.shown.rating) return { shown: now, next: now.rating, times: 0 };
  const times = now.rating === state.next ? state.times + 1 : 1;
  const worse = ORDER.indexOf(now.rating) > ORDER.indexOf(state.shown.rating);
  const known = state.shown.rating !== "unknown";
  const enough = !known ? 1 : worse ? WORSE_AFTER : BETTER_AFTER;
  if (times < enough) return { ...state, next: now.rating, times };
  return { shown: now, next: now.rating, times: 0 };
}

function step(value: number, { fair, poor }: { fair: number; poor: number }): LinkRating {
  if (value >= poor) return "poor";
  return value >= fair ? "fair" : "good";
}
