/**
 * The wire of PeerJS 1.5 clients (`npm:peerjs`), as far as this server speaks it: it is their
 * PeerServer at `PEERJS_PATH`, and a room is their realm. Checked here: shape and bounds. Session
 * descriptions and candidates are judged again when they go on as the room's own messages.
 */
import { z } from "zod";
import { MAX_CANDIDATE_CHARS, MAX_OPAQUE_ID_CHARS, MAX_SDP_CHARS } from "./limits.ts";
import { ROOM_CODE_ALPHABET, ROOM_CODE_CHARS } from "./limits.ts";

/** `path` of a client's options; its socket is at `/peerjs/peerjs`. */
export const PEERJS_PATH = "/peerjs";
/** `key` of a client that names none. */
export const PEERJS_KEY = "peerjs";

/**
 * The peer id of a participant. PeerJS takes letters, digits, and single dashes in between. The
 * server gives it out; what a client calls itself does not count.
 */
export function peerIdOf(roomCode: string, participantId: number): string {
  return `${roomCode}-${participantId}`;
}

const PEER_ID = new RegExp(`^([${ROOM_CODE_ALPHABET}]{${ROOM_CODE_CHARS}})-([1-9]\\d{0,14})$`, "i");

/** Null: no peer id of this server. */
export function readPeerId(text: string): { roomCode: string; participantId: number } | null {
  const match = PEER_ID.exec(text);
  if (match === null) return null;
  return { roomCode: match[1]!.toUpperCase(), participantId: Number(match[2]) };
}

const Dst = z.string().max(MAX_OPAQUE_ID_CHARS);
/** One call or data connection; the same word in everything that belongs to it. */
const ConnectionId = z.string().min(1).max(MAX_OPAQUE_ID_CHARS);
const ConnectionType = z.enum(["media", "data"]);
const Description = z.object({ sdp: z.string().max(MAX_SDP_CHARS) });

/** What belongs to PeerJS alone in an offer; other PeerJS clients get it back as it came. */
export const PeerJsTraits = z.object({
  type: ConnectionType,
  metadata: z.unknown().optional(),
  label: z.string().max(1_024).optional(),
  reliable: z.boolean().optional(),
  serialization: z.string().max(MAX_OPAQUE_ID_CHARS).optional(),
});
export type PeerJsTraits = z.infer<typeof PeerJsTraits>;

const Candidate = z.object({
  candidate: z.string().max(MAX_CANDIDATE_CHARS),
  sdpMid: z.string().max(MAX_OPAQUE_ID_CHARS).nullish(),
  sdpMLineIndex: z.int().min(0).nullish(),
  usernameFragment: z.string().max(256).nullish(),
});

/** Client → server. */
export const PeerJsMessage = z.discriminatedUnion("type", [
  z.object({ type: z.literal("HEARTBEAT") }),
  z.object({
    type: z.literal("OFFER"),
    dst: Dst,
    payload: PeerJsTraits.extend({ sdp: Description, connectionId: ConnectionId }),
  }),
  z.object({
    type: z.literal("ANSWER"),
    dst: Dst,
    payload: z.object({ sdp: Description, type: ConnectionType, connectionId: ConnectionId }),
  }),
  z.object({
    type: z.literal("CANDIDATE"),
    dst: Dst,
    payload: z.object({ candidate: Candidate, type: ConnectionType, connectionId: ConnectionId }),
  }),
  /** Without `dst`: the client goes for good. */
  z.object({ type: z.literal("LEAVE"), dst: Dst.nullish() }),
  z.object({ type: z.literal("EXPIRE"), dst: Dst.nullish() }),
]);
export type PeerJsMessage = z.infer<typeof PeerJsMessage>;

/** Server → client. `src` is a peer id. */
export type PeerJsEvent =
  | { type: "OPEN" }
  | { type: "OFFER" | "ANSWER" | "CANDIDATE"; src: string; dst: string; payload: object }
  /** Is no longer in the room: every connection with it is closed. */
  | { type: "LEAVE"; src: string; dst: string }
  /** Is not there, or cannot take this kind of connection. */
  | { type: "EXPIRE"; src: string; dst: string }
  /** Refused or sent away, in words; the socket is closed right after. */
  | { type: "ERROR" | "ID-TAKEN" | "INVALID-KEY"; payload: { msg: string } };
