/** The frame around every WebSocket message. */
import { z } from "zod";
import { MAX_OPAQUE_ID_CHARS } from "./limits.ts";

/** Client → server. `to` is a participant_id; without it signaling goes to everyone else. */
export const ClientEnvelope = z.object({
  type: z.string().max(MAX_OPAQUE_ID_CHARS),
  data: z.unknown().optional(),
  to: z.int().positive().optional(),
  /** Asks for an `ack`, and lets the receiver drop what it has already seen. */
  id: z.string().min(1).max(MAX_OPAQUE_ID_CHARS).optional(),
});
export type ClientEnvelope = z.infer<typeof ClientEnvelope>;

/**
 * Server → client. `from` is stamped by the server on everything relayed; `seq` counts the room's
 * ordered changes, so that a gap shows.
 */
export interface ServerEnvelope<Type extends string = string, Data = unknown> {
  type: Type;
  data: Data;
  from?: number;
  seq?: number;
  id?: string;
}
