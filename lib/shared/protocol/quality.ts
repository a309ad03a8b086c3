/** Connection quality, reported every 10 s and per link; feeds the metrics. */
import { z } from "zod";

const Milliseconds = z.number().min(0).max(600_000);
const Share = z.number().min(0).max(1);

export const QualityReport = z.object({
  links: z.array(z.object({
    participant_id: z.int().positive(),
    rtt_ms: Milliseconds.nullable(),
    jitter_ms: Milliseconds.nullable(),
    loss: Share.nullable(),
    /** Selected candidate pair goes through a relay. */
    relayed: z.boolean(),
  })).max(50),
});
export type QualityReport = z.infer<typeof QualityReport>;

/** What went wrong on a link, in the browser's words; logged by the server. No SDP, no addresses. */
export const WebRtcError = z.object({
  participant_id: z.int().positive(),
  name: z.string().max(64),
  message: z.string().max(200),
});
export type WebRtcError = z.infer<typeof WebRtcError>;
