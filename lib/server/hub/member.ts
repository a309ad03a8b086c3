/** A participant in the live room, with or without an open socket. */
import { CLOSE_CODE } from "../../shared/protocol/close_codes.ts";
import { MAX_SOCKET_BUFFERED_BYTES } from "../../shared/protocol/limits.ts";
import { switched, switchOff } from "../../shared/domain/moderation.ts";
import type { MutedMedia } from "../../shared/protocol/moderation.ts";
import type { ParticipantRecord } from "../store/participants.ts";
import type { Clock, Connection, Session } from "./connection.ts";
import type { LiveFlags, RelayType } from "./effects.ts";

/** Signaling kept for somebody whose socket broke: a few links' worth of offers and candidates. */
const MAX_PARKED_MESSAGES = 128;

/** Signaling on its way to somebody. */
export interface Letter {
  type: RelayType;
  from: number;
  /** Of the connection that it is about; undefined: of a client that does not name them. */
  link?: string;
  text: string;
}

/** Of one outage; the newest count. */
const MAX_KEPT_ORDERS = 16;

/** By a newer offer of the same connection. */
const SAID_AGAIN: ReadonlySet<RelayType> = new Set(["offer", "ice-candidate"]);

const FLAG_OF = {
  audio: "is_muted",
  video: "is_video_enabled",
  screen: "is_screen_sharing",
} as const satisfies Record<MutedMedia, keyof LiveFlags>;

export class Member {
  /** False until the first socket: the others do not know of this one yet. */
  announced = false;
  #connection: Connection | null = null;
  /** Of the last socket, also while there is none. */
  #session: Session | null = null;
  /** The stay that the open socket belongs to. */
  #stay: ParticipantRecord["stay"] | null = null;
  #parked: Letter[] = [];
  /** Signaling for everyone, said while nobody else was there. */
  #unheard: string[] = [];
  #timer: number | undefined;

  constructor(public record: ParticipantRecord, private readonly clock: Clock) {}

  get id(): number {
    return this.record.participant_id;
  }

  get connection(): Connection | null {
    return this.#connection;
  }

  get session(): Session | null {
    return this.#session;
  }

  /**
   * Whoever opens this socket still has the links of the one before: a client that knows links and
   * rounds, or the same PeerJS client, whose connections outlive its socket.
   */
  resumesOver(connection: Connection): boolean {
    if (!this.announced) return false;
    const { capabilities, stay } = this.record;
    if (connection.speaksPeerJs !== true) return capabilities.includes("mesh-1");
    return capabilities.includes("peerjs-1") && this.#stay === stay;
  }

  /** Known from before a restart of the server. */
  restore(): void {
    this.announced = true;
    this.#stay = this.record.stay;
  }

  /** Which protocol it speaks is seen at the door, so what it says of that does not count. */
  comeOnline({ speaksPeerJs = false }: Connection): void {
    this.stopTimer();
    this.announced = true;
    const said = this.record.capabilities.filter((word) => word !== "peerjs-1");
    const capabilities = speaksPeerJs ? ["peerjs-1" as const] : said;
    this.record = { ...this.record, is_online: true, capabilities };
  }

  attach(connection: Connection): void {
    this.#connection = connection;
    this.#session = connection.session;
    this.#stay = this.record.stay;
  }

  /** Joined anew, by a page whose socket is still to come: the open one is of the page before. */
  get expectsNewerSocket(): boolean {
    return this.#connection !== null && this.#stay !== this.record.stay;
  }

  goOffline(): void {
    this.#connection = null;
    this.record = { ...this.record, is_online: false };
  }

  /** Joined anew. What was ordered meanwhile holds until the order has been seen. */
  renew(record: ParticipantRecord): void {
    const is_online = this.#connection !== null;
    const { unseen, orders } = this.record;
    this.record = switchOff({ ...record, is_online, unseen, orders }, unseen);
  }

  /** Somebody who leads decided this about a person who may not be there to hear it. */
  decide(facts: Partial<ParticipantRecord>): void {
    if (this.#connection !== null) return;
    const off = switched(facts).flatMap(({ media, on }) => on ? [] : [media]);
    this.record = { ...this.record, unseen: [...new Set([...this.record.unseen, ...off])] };
  }

  /**
   * An order that nobody heard is said again with the next socket.
   * @returns whether it is kept for that
   */
  sendOrder(text: string): boolean {
    this.send(text);
    if (this.#connection !== null || this.record.unseen.length === 0) return false;
    this.record = { ...this.record, orders: [...this.record.orders, text].slice(-MAX_KEPT_ORDERS) };
    return true;
  }

  /**
   * What is news in what the client says of its own devices. A client that comes back says how they
   * were before the order; it has seen that once it says that they are off.
   */
  heed(flags: Partial<LiveFlags>): Partial<LiveFlags> {
    const news: Partial<LiveFlags> = { ...flags };
    for (const { media, on } of switched(flags)) {
      if (!this.record.unseen.includes(media)) continue;
      if (on) delete news[FLAG_OF[media]];
      else this.#markSeen(media);
    }
    for (const name of Object.keys(news) as (keyof LiveFlags)[]) {
      if (news[name] === this.record[name]) delete news[name];
    }
    return news;
  }

  /** One timer per member: the grace after a broken socket, or the wait for the first one. */
  startTimer(delayMs: number, callback: () => void): void {
    this.stopTimer();
    this.#timer = this.clock.setTimeout(callback, delayMs);
  }

  stopTimer(): void {
    this.clock.clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** Send now; whoever cannot keep up is closed rather than buffered without bound. */
  send(text: string): void {
    const connection = this.#connection;
    if (connection === null) return;
    if (connection.bufferedBytes() > MAX_SOCKET_BUFFERED_BYTES) {
      connection.close(CLOSE_CODE.SLOW_CONSUMER, "too slow");
      return;
    }
    connection.send(text);
  }

  /**
   * Send now, or keep until the socket is back; the oldest goes first when too much is kept. An offer
   * that is said again has everything in it that the ones before it had, and their candidates.
   */
  sendOrPark(letter: Letter): void {
    const { type, from, link, text } = letter;
    if (this.#connection !== null) return this.send(text);
    if (type === "offer" && link !== undefined) {
      this.#parked = this.#parked.filter((earlier) =>
        earlier.from !== from || earlier.link !== link || !SAID_AGAIN.has(earlier.type)
      );
    }
    if (this.#parked.length >= MAX_PARKED_MESSAGES) this.#parked.shift();
    this.#parked.push(letter);
  }

  /** Deliver what was kept, or forget it when the page that it was meant for is gone. */
  releaseParked(deliver: boolean): void {
    const parked = this.#parked;
    this.#parked = [];
    if (deliver) { for (const { text } of parked) this.send(text); }
    for (const text of this.record.orders) this.send(text);
    this.record = { ...this.record, orders: [] };
  }

  #markSeen(media: MutedMedia): void {
    this.record = { ...this.record, unseen: this.record.unseen.filter((each) => each !== media) };
  }

  /** An offer begins anew: what was said before it belongs to nothing any more. */
  keepUnheard(text: string, { isOffer }: { isOffer: boolean }): void {
    if (isOffer) this.#unheard = [];
    if (this.#unheard.length < MAX_PARKED_MESSAGES) this.#unheard.push(text);
  }

  takeUnheard(): string[] {
    return this.#unheard.splice(0);
  }
}
