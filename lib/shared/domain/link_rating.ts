/** What the numbers of a connection mean to those who talk over it. */

export interface LinkNumbers {
  readonly rtt_ms: number | null;
  readonly jitter_ms: number | null;
  /** 0 to 1. */
  readonly loss: number | null;
}

export type LinkRating = "good" | "fair" | "poor" | "unknown";
export type LinkTrouble = "loss" | "delay" | "jitter";

/**
 * From here on each is noticed, and from there on it spoils a conversation. Delay follows ITU-T
 * G.114 (150 and 400 ms one way); loss and jitter are where concealment begins to be heard.
 */
const THRESHOLDS = {
  loss: { fair: 0.03, poor: 0.1 },
  delay: { fair: 300, poor: 800 },
  jitter: { fair: 40, poor: 100 },
} as const satisfies Record<LinkTrouble, { fair: number; poor: number }>;

const ORDER: readonly LinkRating[] = ["unknown", "good", "fair", "poor"];

export interface RatedLink {
  readonly rating: LinkRating;
  /** What is noticed, the worst first. */
  readonly troubles: readonly LinkTrouble[];
}

export function rateLink({ rtt_ms, jitter_ms, loss }: LinkNumbers): RatedLink {
  const values = { loss, delay: rtt_ms, jitter: jitter_ms };
  const rated = (["loss", "delay", "jitter"] as const).map((trouble) => ({
    trouble,
    rating: rate(values[trouble], THRESHOLDS[trouble]),
  }));
  const noticed = rated.filter(({ rating }) => rating === "fair" || rating === "poor")
    .sort((a, b) => ORDER.indexOf(b.rating) - ORDER.indexOf(a.rating));
  return {
    rating: worstRating(rated.map(({ rating }) => rating)),
    troubles: noticed.map(({ trouble }) => trouble),
  };
}

/** A chain is as good as its weakest link; of no links nothing is known. */
export function worstRating(ratings: readonly LinkRating[]): LinkRating {
  return ratings.reduce<LinkRating>(
    (worst, each) => ORDER.indexOf(each) > ORDER.indexOf(worst) ? each : worst,
    "unknown",
  );
}

function rate(value: number | null, { fair, poor }: { fair: number; poor: number }): LinkRating {
  if (value === null) return "unknown";
  if (value >= poor) return "poor";
  return value >= fair ? "fair" : "good";
}
