/**
 * One PeerJS client's words and the room's, translated both ways. The client stays a participant
 * like any other: what it says goes through the same handlers, and what it hears is made from the
 * same events. Knows who is in the room from those events alone.
 */
import type { RoomState, ServerMessage } from "../../shared/protocol/messages.ts";
import type { VideoParticipant } from "../../shared/protocol/participants.ts";
import {
  peerIdOf,
  type PeerJsEvent,
  PeerJsMessage,
  PeerJsTraits,
  readPeerId,
} from "../../shared/protocol/peerjs.ts";
import type { Answer, IceCandidate, Offer } from "../../shared/protocol/signaling.ts";
import { NotAMessage } from "./dispatch.ts";

/** `media` needs no ability beyond that of every participant. */
const MEDIA: PeerJsTraits = { type: "media" };

type Addressed = Extract<PeerJsMessage, { type: "OFFER" | "ANSWER" | "CANDIDATE" }>;

export interface PeerJsWireOptions {
  roomCode: string;
  selfId: number;
  /** To the client, without asking the room. */
  answer(event: PeerJsEvent): void;
}

export class PeerJsWire {
  readonly #options: PeerJsWireOptions;
  /** Who is here, and whether it is a PeerJS client as well. */
  readonly #others = new Map<number, { peerJs: boolean }>();
  /** With clients that give connections no name: the connection there is. */
  readonly #unnamed = new Map<number, string>();
  #unnamedOffers = 0;
  #isOpen = false;

  constructor(options: PeerJsWireOptions) {
    this.#options = options;
  }

  /** An event of the room, as the client has to hear it. */
  heard(message: ServerMessage): PeerJsEvent[] {
    switch (message.type) {
      case "room_state":
        return this.#enter(message.data);
      case "participant_joined":
      case "participant_updated":
        this.#note(message.data);
        return [];
      case "participant_left":
        return this.#forget(message.data.participant_id);
      case "offer":
        return this.#offer(message.from, message.data);
      case "answer":
        return this.#answer(message.from, message.data);
      case "ice-candidate":
        return this.#candidate(message.from, message.data);
      default:
        // PeerJS has no word for the rest; sent away with words is whoever is sent away.
        return [];
    }
  }

  /**
   * What the client said, as a message of ours; null when the room need not hear it.
   * @throws {NotAMessage}
   */
  said(text: string): string | null {
    const message = read(text);
    switch (message?.type) {
      case "HEARTBEAT":
        return JSON.stringify({ type: "ping" });
      case "LEAVE":
        return message.dst ? null : JSON.stringify({ type: "leave" });
      case "OFFER":
      case "ANSWER":
      case "CANDIDATE":
        return this.#relay(message);
      default:
        return null;
    }
  }

  #enter({ participants, self }: RoomState): PeerJsEvent[] {
    const before = [...this.#others.keys()];
    this.#others.clear();
    for (const participant of participants) this.#note(participant);
    this.#others.delete(self.participant_id);
    const gone = before.filter((id) => !this.#others.has(id));
    const isFirst = !this.#isOpen;
    this.#isOpen = true;
    return [
      ...(isFirst ? [{ type: "OPEN" } as const] : []),
      ...gone.flatMap((id) => this.#forget(id)),
    ];
  }

  #note({ participant_id, capabilities }: VideoParticipant): void {
    if (participant_id === this.#options.selfId) return;
    this.#others.set(participant_id, { peerJs: capabilities.includes("peerjs-1") });
  }

  #forget(id: number): PeerJsEvent[] {
    this.#others.delete(id);
    this.#unnamed.delete(id);
    return [{ type: "LEAVE", ...this.#between(id) }];
  }

  #offer(from: number | undefined, offer: Offer): PeerJsEvent[] {
    if (from === undefined) return [];
    if (offer.link === undefined) this.#unnamed.set(from, `mc_unnamed${++this.#unnamedOffers}`);
    const traits = PeerJsTraits.safeParse(offer.peerjs);
    return this.#passOn("OFFER", from, offer, {
      ...(traits.success ? traits.data : MEDIA),
      sdp: { type: "offer", sdp: offer.sdp },
    });
  }

  #answer(from: number | undefined, answer: Answer): PeerJsEvent[] {
    return this.#passOn("ANSWER", from, answer, { sdp: { type: "answer", sdp: answer.sdp } });
  }

  #candidate(from: number | undefined, candidate: IceCandidate): PeerJsEvent[] {
    // PeerJS knows no end of candidates.
    if (candidate.candidate === "") return [];
    const { sdpMid = null, sdpMLineIndex = null, usernameFragment = null } = candidate;
    const fields = { candidate: candidate.candidate, sdpMid, sdpMLineIndex, usernameFragment };
    return this.#passOn("CANDIDATE", from, candidate, { candidate: fields });
  }

  #passOn(
    type: "OFFER" | "ANSWER" | "CANDIDATE",
    from: number | undefined,
    { link }: { link?: string },
    payload: object,
  ): PeerJsEvent[] {
    const connectionId = link ?? (from === undefined ? undefined : this.#unnamed.get(from));
    if (from === undefined || connectionId === undefined) return [];
    return [{ type, ...this.#between(from), payload: { type: "media", ...payload, connectionId } }];
  }

  #relay(message: Addressed): string | null {
    const { dst, payload: { connectionId: link } } = message;
    const to = this.#reachable(message);
    if (to === null) {
      if (message.type === "OFFER") {
        this.#options.answer({ type: "EXPIRE", src: dst, dst: this.#selfPeerId() });
      }
      return null;
    }
    if (!this.#others.get(to)?.peerJs && message.type === "OFFER") this.#unnamed.set(to, link);
    return JSON.stringify({ to, ...translated(message) });
  }

  /** Data connections are between PeerJS clients only: nobody else has a use for them. */
  #reachable({ dst, payload }: Addressed): number | null {
    const id = readPeerId(dst);
    if (id === null || id.roomCode !== this.#options.roomCode) return null;
    const other = this.#others.get(id.participantId);
    const can = other !== undefined && (payload.type === "media" || other.peerJs);
    return can ? id.participantId : null;
  }

  #between(from: number): { src: string; dst: string } {
    return { src: peerIdOf(this.#options.roomCode, from), dst: this.#selfPeerId() };
  }

  #selfPeerId(): string {
    return peerIdOf(this.#options.roomCode, this.#options.selfId);
  }
}

/** Null: of no meaning here, as unknown types and odd shapes are to every PeerServer. */
function read(text: string): PeerJsMessage | null {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new NotAMessage("not JSON", { cause });
  }
  const message = PeerJsMessage.safeParse(json);
  return message.success ? message.data : null;
}

function translated(message: Addressed): { type: string; data: object } {
  const { type, payload } = message;
  const link = payload.connectionId;
  switch (type) {
    case "OFFER": {
      const { sdp: { sdp }, connectionId: _, ...peerjs } = message.payload;
      return { type: "offer", data: { type: "offer", sdp, link, peerjs } };
    }
    case "ANSWER":
      return { type: "answer", data: { type: "answer", sdp: message.payload.sdp.sdp, link } };
    case "CANDIDATE":
      return { type: "ice-candidate", data: { ...message.payload.candidate, link } };
  }
}
