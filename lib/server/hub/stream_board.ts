/** What everyone in one room sends right now, as they say themselves. */
import type { MediaStream, StreamUpdate } from "../../shared/protocol/streams.ts";

export class StreamBoard {
  readonly #roomId: number;
  readonly #streams = new Map<string, MediaStream>();
  #lastId = 0;

  constructor(roomId: number) {
    this.#roomId = roomId;
  }

  all(): MediaStream[] {
    return [...this.#streams.values()];
  }

  of(participantId: number): MediaStream[] {
    return this.all().filter((stream) => stream.participant_id === participantId);
  }

  /** One of each type per participant; the number stays the same. */
  put(participantId: number, update: StreamUpdate): MediaStream {
    const key = `${participantId}:${update.stream_type}`;
    const stream_id = this.#streams.get(key)?.stream_id ?? ++this.#lastId;
    const stream = { ...update, stream_id, room_id: this.#roomId, participant_id: participantId };
    this.#streams.set(key, stream);
    return stream;
  }

  forget(participantId: number): void {
    for (const [key, stream] of this.#streams) {
      if (stream.participant_id === participantId) this.#streams.delete(key);
    }
  }
}
