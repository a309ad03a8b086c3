/**
 * What the server is told of this person's streams (MediaStream rows): every change that matters, at
 * a bounded rate, because everybody in the room hears of it.
 */
import type { StreamUpdate } from "../../shared/protocol/streams.ts";

/** At most this often for each stream. */
const EVERY_MS = 2_000;
/** A rate alone is told this often at most, */
const RATE_EVERY_MS = 10_000;
/** when it is off by this share. */
const RATE_CHANGE = 0.2;

interface Told {
  readonly update: StreamUpdate;
  readonly atMs: number;
}

export class StreamNews {
  readonly #told = new Map<StreamUpdate["stream_type"], Told>();

  /** The server has forgotten: everything is news again. */
  reset(): void {
    this.#told.clear();
  }

  /** @returns what has to be told now */
  take(streams: readonly StreamUpdate[], nowMs: number): StreamUpdate[] {
    return streams.filter((update) => {
      const told = this.#told.get(update.stream_type);
      if (told === undefined ? !update.is_active : !isNews(told, update, nowMs)) return false;
      this.#told.set(update.stream_type, { update, atMs: nowMs });
      return true;
    });
  }
}

function isNews({ update: was, atMs }: Told, is: StreamUpdate, nowMs: number): boolean {
  const ageMs = nowMs - atMs;
  if (ageMs < EVERY_MS) return false;
  const changed = was.is_active !== is.is_active || was.quality !== is.quality ||
    was.resolution !== is.resolution || was.stream_id_webrtc !== is.stream_id_webrtc;
  if (changed) return true;
  return ageMs >= RATE_EVERY_MS && Math.abs(is.bitrate - was.bitrate) > RATE_CHANGE * was.bitrate;
}
