/**
 * Relayed WebRTC signaling (video-api.ru.md, "WebSocket соединение"). The server checks shape and
 * bounds, then passes the data on as it came: what browsers add to these dictionaries, and what our
 * own client adds (`link`, `round`), must survive.
 */
import { z } from "zod";
import {
  MAX_CANDIDATE_CHARS,
  MAX_OPAQUE_ID_CHARS,
  MAX_PAIR_MESSAGE_CHARS,
  MAX_SDP_CHARS,
} from "./limits.ts";

/** Session descriptions use CR and LF only; anything else has no business there. */
// deno-lint-ignore no-control-regex
const CONTROL = /[\u0000-\u0009\u000b\u000c\u000e-\u001f\u007f]/;

const Sdp = z.string().max(MAX_SDP_CHARS)
  .refine((sdp) => sdp.startsWith("v=0"), "not_sdp")
  .refine((sdp) => !CONTROL.test(sdp), "control_characters");

/** Names the connection that a message belongs to; a newer link replaces an older one. */
const LinkFields = {
  link: z.string().max(MAX_OPAQUE_ID_CHARS).optional(),
  /** Counts the negotiations of a link, so that a late answer is told from a fresh one. */
  round: z.int().min(0).optional(),
};

export const Offer = z.looseObject({ type: z.literal("offer"), sdp: Sdp, ...LinkFields });
export type Offer = z.infer<typeof Offer>;

export const Answer = z.looseObject({ type: z.literal("answer"), sdp: Sdp, ...LinkFields });
export type Answer = z.infer<typeof Answer>;

export const IceCandidate = z.looseObject({
  /** Empty: end of candidates. */
  candidate: z.string().max(MAX_CANDIDATE_CHARS)
    .refine((line) => !CONTROL.test(line) && !/[\r\n]/.test(line), "control_characters"),
  sdpMid: z.string().max(MAX_OPAQUE_ID_CHARS).nullish(),
  sdpMLineIndex: z.int().min(0).max(64).nullish(),
  usernameFragment: z.string().max(256).nullish(),
  ...LinkFields,
});
export type IceCandidate = z.infer<typeof IceCandidate>;

/** base64url, as long as the longest message of the agreement needs. */
const Octets = z.string().max(MAX_PAIR_MESSAGE_CHARS).regex(/^[A-Za-z0-9_-]*$/);

/**
 * One message of the key agreement between two people ("mesh-e2ee v1"), for the connection named by
 * `link`. The server passes it on and cannot read or forge what matters in it.
 */
export const PairSignal = z.object({
  link: z.string().max(MAX_OPAQUE_ID_CHARS),
  message: z.discriminatedUnion("type", [
    z.object({ type: z.literal("commit"), commitment: Octets }),
    z.object({
      type: z.literal("hello"),
      public_key: Octets,
      nonce: Octets,
      secret_id: Octets,
    }),
    z.object({ type: z.literal("confirm"), mac: Octets }),
    z.object({ type: z.literal("sealed"), sealed: Octets }),
  ]),
});
export type PairSignal = z.infer<typeof PairSignal>;
