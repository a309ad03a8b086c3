/** Media streams on the wire (video-api.ru.md, "MediaStream"). */
import { z } from "zod";
import { MAX_OPAQUE_ID_CHARS } from "./limits.ts";

export const StreamType = z.enum(["audio", "video", "screen"]);
export type StreamType = z.infer<typeof StreamType>;

export const Quality = z.enum(["auto", "180p", "360p", "720p", "1080p"]);
export type Quality = z.infer<typeof Quality>;

/** Data of `stream-update`: what this participant really sends now. */
export const StreamUpdate = z.object({
  stream_type: StreamType,
  stream_id_webrtc: z.string().max(MAX_OPAQUE_ID_CHARS),
  is_active: z.boolean(),
  quality: Quality.default("auto"),
  /** kbit/s of the largest copy: every link carries one of its own */
  bitrate: z.int().min(0).max(100_000).default(0),
  /** Height with a `p`, as in the documents: `720p`; empty for audio. */
  resolution: z.string().regex(/^(\d{2,4}p)?$/).default(""),
});
export type StreamUpdate = z.infer<typeof StreamUpdate>;

export const MediaStream = StreamUpdate.extend({
  stream_id: z.int().positive(),
  room_id: z.int().positive(),
  participant_id: z.int().positive(),
});
export type MediaStream = z.infer<typeof MediaStream>;
