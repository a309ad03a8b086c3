/** What the server learns of the quality of a call: MediaStream rows and quality reports. */
import type { QualityReport } from "../../shared/protocol/quality.ts";
import type { StreamUpdate } from "../../shared/protocol/streams.ts";
import type { LinkRates, SentRates } from "./rates.ts";
import type { LineName } from "./stats.ts";

/** Longest delay that the protocol can tell. */
const MAX_MS = 600_000;

/** A device that is on, by the line that carries it. */
export interface LocalStream {
  readonly type: StreamUpdate["stream_type"];
  readonly line: LineName;
  /** Null: off, or nothing of it is sent. */
  readonly trackId: string | null;
}

/**
 * The rows of this person. Every link has its own copy of a picture: a row tells the largest of
 * them, size and rate of that one copy.
 */
export function streamRows(
  streams: readonly LocalStream[],
  links: Iterable<LinkRates>,
  quality: StreamUpdate["quality"],
): StreamUpdate[] {
  const all = [...links].flatMap(({ sent }) => sent);
  return streams.map(({ type, line, trackId }) => {
    const copies = all.filter((copy) => copy.line === line && copy.active && copy.kbps > 0);
    const best = copies.reduce<SentRates | null>(
      (found, copy) => found === null || size(copy) > size(found) ? copy : found,
      null,
    );
    const active = trackId !== null && best !== null;
    return {
      stream_type: type,
      stream_id_webrtc: trackId ?? "",
      is_active: active,
      quality: type === "video" ? quality : "auto",
      bitrate: active ? Math.round(best.kbps) : 0,
      resolution: active && type !== "audio" && best.height > 0
        ? `${Math.min(best.width, best.height)}p`
        : "",
    };
  });
}

/** By size; sounds, which have none, by rate. */
function size({ width, height, kbps }: SentRates): number {
  return width * height * 1_000 + kbps;
}

export function qualityReport(
  links: Iterable<readonly [participantId: number, LinkRates]>,
): QualityReport {
  const bounded = (value: number | null) =>
    value === null ? null : Math.round(Math.min(MAX_MS, Math.max(0, value)));
  return {
    links: [...links].slice(0, 50).map(([participant_id, rates]) => ({
      participant_id,
      rtt_ms: bounded(rates.rttMs),
      jitter_ms: bounded(rates.jitterMs),
      loss: rates.loss === null ? null : Math.round(rates.loss * 10_000) / 10_000,
      relayed: rates.relayed,
    })),
  };
}
