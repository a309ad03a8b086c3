/** What is said of the encryption, from what is known of it. */
import type { Protection, RemotePerson } from "../../lib/client/call/call_state.ts";

/** The key of a few words about one person. */
export function wordsKeyOf(protection: Protection) {
  if (protection.kind !== "encrypted") return `protection.${protection.kind}` as const;
  const { verified } = protection;
  return verified === null ? "protection.encrypted" : `protection.verified_${verified}` as const;
}

/**
 * `partly`: somebody takes part without encryption. `left_out`: somebody cannot, and takes no part.
 * `agreeing`: still on the way with somebody.
 */
export type CallProtection =
  | "alone"
  | "failed"
  | "partly"
  | "left_out"
  | "agreeing"
  | "encrypted"
  | "verified";

/** The worst of what is true of anybody decides what may be said of all. */
export function callProtection(
  others: readonly Pick<RemotePerson, "protection">[],
): CallProtection {
  const all = others.map(({ protection }) => protection.value);
  const some = (...kinds: Protection["kind"][]) => all.some(({ kind }) => kinds.includes(kind));
  if (all.length === 0) return "alone";
  if (some("failed")) return "failed";
  if (some("transport")) return "partly";
  if (some("refused")) return "left_out";
  if (some("agreeing")) return "agreeing";
  const verified = all.every((each) => each.kind === "encrypted" && each.verified !== null);
  return verified ? "verified" : "encrypted";
}
