/**
 * The signaling socket as the call sees it: it comes back by itself, and what matters arrives.
 *
 * Offers, answers and candidates carry an id and are kept until the server acknowledges them; after
 * a reconnect they are sent again, and the receiver drops what it has seen. A half-open socket
 * answers no ping and is abandoned: waiting for the browser to notice takes minutes.
 */
import { CLOSE_CODE, FINAL_CLOSE_CODES } from "../../shared/protocol/close_codes.ts";
import {
  PING_INTERVAL_MS,
  PING_TIMEOUT_MS,
  RECONNECT_DELAYS_MS,
} from "../../shared/protocol/limits.ts";
import type {
  ClientMessageData,
  ClientMessageType,
  ServerMessage,
} from "../../shared/protocol/messages.ts";
import { OpeningSocket, type SocketTicket } from "./opening_socket.ts";
import { RecentIds } from "./recent_ids.ts";

export interface SignalingPorts {
  /** A new ticket: joins again, which resumes the same participant. Null: not now, try later. */
  renewTicket(): Promise<SocketTicket | null>;
  message(message: ServerMessage): void;
  /** True after `room_state`, false while away. */
  online(online: boolean): void;
  /** The server said goodbye for good. */
  closed(code: number): void;
  /**
   * Past the server, while it is away from either side.
   *
   * @returns false: there is no such way at the moment
   */
  detour(to: number, signal: NamedSignal): boolean;
}

/** A signal under the name by which its receiver drops what comes twice. */
export interface NamedSignal {
  id: string;
  type: "offer" | "answer" | "ice-candidate" | "e2ee";
  data: unknown;
}

/** Spread of the reconnect delays, so that a restarted server is not hit by all at once. */
const JITTER = 0.2;
/** The client gave up on a socket: not a clean goodbye, the participant stays. */
const ABANDONED = 4000;
/** Longer than any usual way to the server and back; a socket too many does little harm. */
const DOUBT_MS = 800;

export class SignalingClient {
  readonly #ports: SignalingPorts;
  #ticket: SocketTicket;
  #socket: WebSocket | null = null;
  #attempt = 0;
  #refused = false;
  #stopped = false;
  #online = false;
  #heardAt = 0;
  #pingTimer: ReturnType<typeof setInterval> | undefined;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;
  #doubtTimer: ReturnType<typeof setTimeout> | undefined;
  #doubtedAt = -Infinity;
  #lastId = 0;
  /** Unacknowledged signaling, in order. */
  readonly #pending = new Map<string, NamedSignal & { to: number }>();
  readonly #seen = new RecentIds();
  readonly #session = crypto.randomUUID().slice(0, 8);

  constructor(ticket: SocketTicket, ports: SignalingPorts) {
    this.#ticket = ticket;
    this.#ports = ports;
    addEventListener("online", this.#probe);
    document.addEventListener("visibilitychange", this.#probe);
  }

  /** @param early a socket that is on its way already */
  connect(early: OpeningSocket | null = null): void {
    if (this.#stopped) return;
    clearTimeout(this.#retryTimer);
    this.#abandon();
    const { url, sessionToken } = this.#ticket;
    const opening = early ?? new OpeningSocket(url, `bearer.${sessionToken}`);
    const { socket } = opening;
    this.#socket = socket;
    this.#heardAt = performance.now();
    clearInterval(this.#pingTimer);
    this.#pingTimer = setInterval(() => this.#beat(), PING_INTERVAL_MS);
    opening.follow({
      message: (text) => this.#receive(text),
      closed: (code) => {
        if (this.#socket !== socket) return;
        this.#refused = !opening.opened;
        this.#lost(code);
      },
    });
  }

  /** State that the next `room_state` repeats anyway: dropped while away. */
  send<Type extends ClientMessageType>(type: Type, data?: ClientMessageData[Type]): void {
    this.#write(JSON.stringify({ type, data }));
  }

  /** Signaling for one peer: kept until acknowledged, or sent past the server. */
  signal(type: NamedSignal["type"], data: unknown, to: number): void {
    const signal = { id: `${this.#session}-${++this.#lastId}`, type, data };
    if (type === "offer") this.#supersede(to);
    const taken = this.#ports.detour(to, signal);
    if (taken && !this.#online) return;
    this.#pending.set(signal.id, { to, ...signal });
    if (this.#online) this.#write(JSON.stringify({ to, ...signal }));
  }

  /** Came past the server. */
  receiveDetoured(from: number, { id, type, data }: NamedSignal): void {
    if (this.#stopped || !this.#seen.isNew(`${from} ${id}`)) return;
    this.#ports.message({ id, type, data, from } as ServerMessage);
  }

  /**
   * Something else says that the network is gone or another one: an answer now, or a new socket.
   * A change of address is noticed by nothing on this one, and the beats have more patience.
   */
  doubt(): void {
    const socket = this.#socket;
    if (this.#stopped || socket?.readyState !== WebSocket.OPEN) return this.#probe();
    this.#doubtedAt = performance.now();
    this.send("ping");
    clearTimeout(this.#doubtTimer);
    this.#doubtTimer = setTimeout(() => {
      if (this.#socket !== socket || this.#doubtedAt <= this.#heardAt) return;
      this.#abandon();
      this.#lost(ABANDONED);
    }, DOUBT_MS);
  }

  /** Nobody waits for these any more. */
  forget(peerId: number): void {
    for (const [id, message] of this.#pending) if (message.to === peerId) this.#pending.delete(id);
  }

  /** Ends for good. `leave` tells the server that the person is gone, so that no grace starts. */
  stop({ leave }: { leave: boolean }): void {
    if (this.#stopped) return;
    if (leave) this.send("leave");
    this.#stopped = true;
    removeEventListener("online", this.#probe);
    document.removeEventListener("visibilitychange", this.#probe);
    clearTimeout(this.#doubtTimer);
    clearTimeout(this.#retryTimer);
    clearInterval(this.#pingTimer);
    const socket = this.#socket;
    this.#socket = null;
    socket?.close(leave ? CLOSE_CODE.LEFT : ABANDONED);
  }

  /** What is said now arrives, as far as can be known: nothing has spoken against it. */
  get isSure(): boolean {
    return this.#online && this.#doubtedAt <= this.#heardAt;
  }

  /** Whether a goodbye would reach the server. */
  get isOpen(): boolean {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  #write(text: string): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(text);
  }

  /** The network or the page came back: find out now rather than at the next beat. */
  readonly #probe = (): void => {
    if (this.#stopped || document.visibilityState === "hidden") return;
    if (this.#socket === null) this.#retry(0);
    else this.#beat();
  };

  #beat(): void {
    if (this.#socket === null) return;
    if (performance.now() - this.#heardAt > PING_TIMEOUT_MS + PING_INTERVAL_MS) {
      this.#abandon();
      this.#lost(ABANDONED);
      return;
    }
    this.send("ping");
  }

  #receive(text: string): void {
    this.#heardAt = performance.now();
    const message: ServerMessage = JSON.parse(text);
    if (message.type === "pong") return;
    if (message.type === "ack") return void this.#pending.delete(message.data.id);
    if (message.id !== undefined && !this.#seen.isNew(`${message.from} ${message.id}`)) return;
    if (message.type !== "room_state") return this.#ports.message(message);
    this.#attempt = 0;
    this.#online = true;
    this.#ports.message(message);
    this.#ports.online(true);
    for (const signal of this.#pending.values()) this.#write(JSON.stringify(signal));
  }

  /** Nothing before a new offer is of use once it has arrived; candidates stand in it again. */
  #supersede(to: number): void {
    for (const [id, signal] of this.#pending) {
      if (signal.to === to && signal.type !== "e2ee") this.#pending.delete(id);
    }
  }

  #abandon(): void {
    const socket = this.#socket;
    this.#socket = null;
    clearInterval(this.#pingTimer);
    if (socket !== null && socket.readyState <= WebSocket.OPEN) socket.close(ABANDONED);
  }

  #lost(code: number): void {
    this.#socket = null;
    clearInterval(this.#pingTimer);
    if (this.#stopped) return;
    if (this.#online) this.#ports.online(false);
    this.#online = false;
    if (FINAL_CLOSE_CODES.has(code)) {
      this.stop({ leave: false });
      this.#ports.closed(code);
      return;
    }
    // Nobody knows whether these came through; the other way takes them now.
    for (const [id, { to, ...signal }] of this.#pending) {
      if (this.#ports.detour(to, signal)) this.#pending.delete(id);
    }
    const index = Math.min(this.#attempt++, RECONNECT_DELAYS_MS.length - 1);
    this.#retry(RECONNECT_DELAYS_MS[index] ?? 0);
  }

  #retry(delayMs: number): void {
    clearTimeout(this.#retryTimer);
    const jittered = delayMs * (1 + JITTER * (2 * Math.random() - 1));
    this.#retryTimer = setTimeout(() => this.#reconnect(), jittered);
  }

  /** After a refused handshake the ticket may be stale: join again, which also tells why. */
  async #reconnect(): Promise<void> {
    if (this.#refused) {
      const ticket = await this.#ports.renewTicket();
      if (this.#stopped) return;
      if (ticket === null) return this.#lost(ABANDONED);
      this.#ticket = ticket;
    }
    this.connect();
  }
}
