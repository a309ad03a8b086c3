/** What each participant sends right now, as it said itself. */
import { z } from "zod";
import { MediaStream } from "../../shared/protocol/streams.ts";
import { keys } from "./keys.ts";
import { loadEntry, transact } from "./kv.ts";
import { Places } from "./participants.ts";

const Streams = z.array(MediaStream);

/** Replaces what is known of one participant, who must hold a place: late news are dropped. */
export function saveStreams(
  kv: Deno.Kv,
  roomId: number,
  participantId: number,
  streams: readonly MediaStream[],
): Promise<void> {
  return transact(async () => {
    const places = await loadEntry(kv, keys.places(roomId), Places);
    if (!places.value?.includes(participantId)) return { commit: null, result: undefined };
    const commit = kv.atomic().check(places).set(keys.streams(roomId, participantId), streams);
    return { commit, result: undefined };
  });
}

export async function loadStreams(kv: Deno.Kv, roomId: number): Promise<MediaStream[]> {
  const streams: MediaStream[] = [];
  for await (const { value } of kv.list({ prefix: keys.streamsOfRoom(roomId) })) {
    streams.push(...Streams.parse(value));
  }
  return streams;
}
