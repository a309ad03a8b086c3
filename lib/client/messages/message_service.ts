/**
 * Letters to everybody present, kept until each of them has acknowledged: across rebuilt
 * connections, while the server is away, each once and in the order of their sender. Whoever comes
 * later gets none of the earlier ones. Knows neither keys nor connections.
 */
import type { Ack, Content, Data } from "./content.ts";
import { Inbox } from "./inbox.ts";
import { type Letter, Outbox } from "./outbox.ts";

/** Letters that were not acknowledged for this long are said again. */
export const RESEND_AFTER_MS = 2_000;

export interface MessagePorts {
  /** Content can reach this person right now. */
  reaches(peerId: number): boolean;
  /** On its way; may be lost. */
  post(peerId: number, content: Content): void;
  /** Came from this person, in order. */
  delivered(peerId: number, letter: Letter): void;
  /** This person has it, or (`false`) will never get it. */
  settled(peerId: number, id: string, arrived: boolean): void;
  /** A letter was left out: this person sends too many. */
  leftOut(peerId: number): void;
  nowMs(): number;
}

interface Peer {
  readonly outbox: Outbox;
  readonly inbox: Inbox;
  /** When something last moved on the way there. */
  movedAtMs: number;
}

export class MessageService {
  readonly #ports: MessagePorts;
  readonly #stream: string;
  readonly #peers = new Map<number, Peer>();
  #count = 0;

  /** @param stream names this life of the page; no two are alike */
  constructor(stream: string, ports: MessagePorts) {
    this.#stream = stream;
    this.#ports = ports;
  }

  /** Somebody is there who can read: gets what is said from now on. */
  add(peerId: number): void {
    if (this.#peers.has(peerId)) return;
    const nowMs = this.#ports.nowMs();
    this.#peers.set(peerId, { outbox: new Outbox(), inbox: new Inbox(nowMs), movedAtMs: nowMs });
  }

  remove(peerId: number): void {
    const peer = this.#peers.get(peerId);
    if (peer === undefined) return;
    this.#peers.delete(peerId);
    for (const { id } of peer.outbox.clear()) this.#ports.settled(peerId, id, false);
  }

  /** @returns the letter, and to whom it goes */
  say(topic: string, body: unknown): { letter: Letter; to: number[] } {
    const letter = { id: `${this.#stream}-${++this.#count}`, topic, body };
    const to = [...this.#peers.keys()];
    for (const peerId of to) this.keep(peerId, letter);
    return { letter, to };
  }

  /** For one person only; a letter from before a reload keeps its id. */
  keep(peerId: number, letter: Letter): void {
    const peer = this.#peers.get(peerId);
    if (peer === undefined) return;
    const givenUp = peer.outbox.push(letter);
    if (givenUp !== null) this.#ports.settled(peerId, givenUp.id, false);
    this.#pump(peerId, peer);
  }

  /** The way to this person is new: say again what may have been lost on the old one. */
  reached(peerId: number): void {
    const peer = this.#peers.get(peerId);
    if (peer === undefined) return;
    peer.outbox.rewind();
    this.#pump(peerId, peer);
  }

  take(peerId: number, content: Data | Ack): void {
    const peer = this.#peers.get(peerId);
    if (peer === undefined) return;
    if (content.kind === "ack") this.#acknowledged(peerId, peer, content);
    else this.#receive(peerId, peer, content);
  }

  /** Call about once a second. */
  tick(): void {
    for (const [peerId, peer] of this.#peers) {
      if (peer.outbox.isEmpty) continue;
      if (this.#ports.nowMs() - peer.movedAtMs >= RESEND_AFTER_MS) this.reached(peerId);
    }
  }

  #receive(peerId: number, { inbox }: Peer, data: Data): void {
    const verdict = inbox.take(data, this.#ports.nowMs());
    if (verdict === "deliver") {
      const { id, topic, body } = data;
      this.#ports.delivered(peerId, { id, topic, body });
    }
    if (verdict === "too_many") this.#ports.leftOut(peerId);
    this.#ports.post(peerId, { kind: "ack", ...inbox.acknowledged });
  }

  #acknowledged(peerId: number, peer: Peer, { stream, seq }: Ack): void {
    if (stream !== this.#stream) return;
    const arrived = peer.outbox.acknowledge(seq);
    if (arrived.length === 0) return;
    peer.movedAtMs = this.#ports.nowMs();
    for (const { id } of arrived) this.#ports.settled(peerId, id, true);
    this.#pump(peerId, peer);
  }

  #pump(peerId: number, peer: Peer): void {
    if (!this.#ports.reaches(peerId)) return;
    for (const letter of peer.outbox.next()) {
      peer.movedAtMs = this.#ports.nowMs();
      this.#ports.post(peerId, { kind: "data", stream: this.#stream, ...letter });
    }
  }
}
