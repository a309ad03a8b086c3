/**
 * Signaling while the server is away: over the link itself as long as something gets through there,
 * and through other people, who pass a sealed box on and can neither read nor change it. Only the
 * key agreement of a new connection may travel in the open: it proves itself.
 */
import {
  MAX_CANDIDATE_CHARS,
  MAX_OPAQUE_ID_CHARS,
  MAX_PAIR_MESSAGE_CHARS,
  MAX_SDP_CHARS,
} from "../../shared/protocol/limits.ts";
import type { SealedPost } from "../messages/sealed_post.ts";
import type { ChannelMessage } from "../rtc/link_channel.ts";
import type { Mesh } from "../rtc/mesh.ts";
import type { NamedSignal } from "../signaling/signaling_client.ts";
import { RecentIds } from "../signaling/recent_ids.ts";
import { TokenBucket } from "../util/token_bucket.ts";

/** People asked to pass one signal on: some of them may not reach the receiver themselves. */
const MAX_CARRIERS = 3;
/** What is passed on for one person: a few new connections at once, and no more. */
export const CARRIED_PER_PERSON = { perSecond: 20, burst: 120 } as const;
/** Enough of a box to know it again: its counter, and cipher text. */
const BOX_NAME_CHARS = 96;
/** A sealed offer of the longest description. */
const MAX_BOX_CHARS = 2 * MAX_SDP_CHARS;

export interface DetourPorts {
  /** Null before there is a room. */
  mesh(): Pick<Mesh, "has" | "reaches" | "send" | "links"> | null;
  receive(from: number, signal: NamedSignal): void;
  nowMs(): number;
}

export class Detour {
  readonly #post: SealedPost;
  readonly #ports: DetourPorts;
  readonly #carried = new Map<number, TokenBucket>();
  readonly #boxes = new RecentIds();

  constructor(post: SealedPost, ports: DetourPorts) {
    this.#post = post;
    this.#ports = ports;
  }

  /** Something said now would probably arrive. */
  reaches(peerId: number): boolean {
    if (this.#ports.mesh()?.reaches(peerId)) return true;
    return this.#post.ready(peerId) && this.#carriersTo(peerId).length > 0;
  }

  /** @returns false: there is no way */
  send(to: number, signal: NamedSignal): boolean {
    const mesh = this.#ports.mesh();
    if (mesh === null) return false;
    // Both ways: what looks alive may have died just now, and what comes twice is dropped.
    const direct = mesh.reaches(to) && mesh.send(to, { type: "signal", signal } as ChannelMessage);
    return this.#sendThroughOthers(to, signal) || direct;
  }

  /** @returns whether the message was one of these */
  take(from: number, message: ChannelMessage): boolean {
    switch (message.type) {
      case "signal":
        this.#receive(from, (message as { signal?: unknown }).signal);
        return true;
      case "carry":
        this.#carry(from, message as Parcel);
        return true;
      case "carried":
        this.#unpack(message as Parcel);
        return true;
      default:
        return false;
    }
  }

  remove(peerId: number): void {
    this.#carried.delete(peerId);
  }

  #carriersTo(peerId: number): number[] {
    const mesh = this.#ports.mesh();
    if (mesh === null) return [];
    const others = [...mesh.links()].map(([id]) => id);
    return others.filter((id) => id !== peerId && mesh.reaches(id)).slice(0, MAX_CARRIERS);
  }

  #sendThroughOthers(to: number, signal: NamedSignal): boolean {
    const carriers = this.#carriersTo(to);
    const parcel = (load: Partial<Parcel>) => {
      for (const carrier of carriers) {
        this.#ports.mesh()?.send(carrier, { type: "carry", peer: to, ...load } as Parcel);
      }
    };
    if (carriers.length === 0) return false;
    if (signal.type === "e2ee") parcel({ signal });
    else if (this.#post.ready(to)) {
      this.#post.send(to, { kind: "signal", signal }, (box) => parcel({ box }));
    } else return false;
    return true;
  }

  /** Somebody cannot reach somebody else; both are in the room. */
  #carry(from: number, { peer: to, box, signal }: Parcel): void {
    const mesh = this.#ports.mesh();
    if (mesh === null || to === from || !mesh.has(to) || !this.#mayCarry(from)) return;
    if (typeof box === "string" && box.length <= MAX_BOX_CHARS) {
      mesh.send(to, { type: "carried", peer: from, box } as Parcel);
    } else if (isSignal(signal) && signal.type === "e2ee") {
      mesh.send(to, { type: "carried", peer: from, signal } as Parcel);
    }
  }

  #mayCarry(from: number): boolean {
    const nowMs = this.#ports.nowMs();
    const bucket = this.#carried.get(from) ?? new TokenBucket(CARRIED_PER_PERSON, nowMs);
    this.#carried.set(from, bucket);
    return bucket.pass(nowMs);
  }

  /** Who brings it may say what they like: only a box shows from whom it is. */
  #unpack({ peer: from, box, signal }: Parcel): void {
    if (!this.#ports.mesh()?.has(from)) return;
    if (typeof box === "string") {
      // Several people bring the same one.
      if (!this.#boxes.isNew(`${from} ${box.slice(0, BOX_NAME_CHARS)}`)) return;
      this.#post.receive(from, box, (content) => {
        if (content.kind === "signal") this.#receive(from, content.signal);
      });
    } else if (isSignal(signal) && signal.type === "e2ee") this.#ports.receive(from, signal);
  }

  #receive(from: number, signal: unknown): void {
    if (isSignal(signal)) this.#ports.receive(from, signal);
  }
}

/** From one person to another (`peer`: to whom, and on the second half of the way from whom). */
interface Parcel extends ChannelMessage {
  type: "carry" | "carried";
  peer: number;
  box?: string;
  signal?: unknown;
}

/** No server has looked at it: here the same bounds are kept (`lib/shared/protocol/signaling.ts`). */
export function isSignal(value: unknown): value is NamedSignal {
  if (!isRecord(value) || !isText(value.id, MAX_OPAQUE_ID_CHARS) || !isRecord(value.data)) {
    return false;
  }
  const { data } = value;
  switch (value.type) {
    case "offer":
    case "answer":
      return data.type === value.type && isSdp(data.sdp) && areNames(data);
    case "ice-candidate":
      return isText(data.candidate, MAX_CANDIDATE_CHARS) && areNames(data);
    case "e2ee":
      return isText(data.link, MAX_OPAQUE_ID_CHARS) && isPairMessage(data.message);
    default:
      return false;
  }
}

function areNames({ link, round }: Record<string, unknown>): boolean {
  return isText(link, MAX_OPAQUE_ID_CHARS) && Number.isSafeInteger(round) && Number(round) >= 0;
}

function isSdp(sdp: unknown): boolean {
  return isText(sdp, MAX_SDP_CHARS) && sdp.startsWith("v=0");
}

function isPairMessage(message: unknown): boolean {
  return isRecord(message) &&
    Object.values(message).every((part) => isText(part, MAX_PAIR_MESSAGE_CHARS));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function isText(value: unknown, maxChars: number): value is string {
  return typeof value === "string" && value.length <= maxChars;
}
