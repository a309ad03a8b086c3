/**
 * The WebSocket door: `/video/ws/{room_code}/{user_id}`. Everything that can be refused is refused
 * before the upgrade, with the documented status; afterwards only close codes are left.
 */
import { AppError } from "../app_error.ts";
import { container } from "../container.ts";
import { clientAddress } from "../http/client_address.ts";
import { isAllowedOrigin, publicOrigin } from "../http/origin.ts";
import { authenticate, browserIdOf } from "../http/session.ts";
import { CLOSE_CODE } from "../../shared/protocol/close_codes.ts";
import {
  MAX_SOCKET_MESSAGE_BYTES,
  MAX_SOCKETS_PER_ADDRESS,
  MAX_SOCKETS_PER_USER,
  SOCKET_IDLE_TIMEOUT_SECONDS,
  SOCKET_MESSAGE_BURST,
  SOCKET_MESSAGES_PER_SECOND,
} from "../../shared/protocol/limits.ts";
import type { ParticipantRecord } from "../store/participants.ts";
import type { Connection } from "./connection.ts";
import { NotAMessage } from "./dispatch.ts";
import type { Hub } from "./hub.ts";
import { RateGate } from "./rate_gate.ts";
import type { Room } from "./room.ts";
import { Tally } from "./tally.ts";

const SOCKET_PATH = /^\/video\/ws\/([^/]+)\/(\d{1,15})\/?$/;
const SUBPROTOCOL = "videocall.v1";

/**
 * Between the message too many and the close. A socket that is closed while messages still come in
 * breaks, and its client would never learn the reason.
 */
const FLOOD_CALM_MS = 100;

/** Close codes with which browsers say that the page or the call ended on purpose. */
const CLEAN_CLOSE_CODES: ReadonlySet<number> = new Set([1000, 1001, 1005]);

export function isSocketPath(pathname: string): boolean {
  return pathname.startsWith("/video/ws/");
}

export class SocketDoor {
  readonly #hub: Hub;
  readonly #perUser = new Tally(MAX_SOCKETS_PER_USER);
  readonly #perAddress = new Tally(MAX_SOCKETS_PER_ADDRESS);
  #open = 0;
  readonly #drained: (() => void)[] = [];

  constructor(hub: Hub) {
    this.#hub = hub;
  }

  /**
   * Verifies and upgrades.
   * @throws {AppError} 400 no upgrade, 401, 403 foreign origin or foreign id, 404, 410, 429, 503.
   */
  async open(req: Request): Promise<Response> {
    const { pathname } = new URL(req.url);
    const match = SOCKET_PATH.exec(pathname);
    if (match === null) throw new AppError("NOT_FOUND");
    // Clients told to come back are quicker than the process that ends.
    if (!this.#hub.isOpen) throw new AppError("UNAVAILABLE", {}, { retryAfterSeconds: 1 });
    if (req.headers.get("upgrade")?.toLowerCase() !== "websocket") {
      throw new AppError("VALIDATION_ERROR", { expected: "websocket" });
    }
    const protocols = offeredProtocols(req);
    const bearer = protocols.some((word) => word.startsWith("bearer."));
    if (!isAllowedOrigin(req, { absentAllowed: bearer })) throw new AppError("FOREIGN_ORIGIN");

    const principal = await authenticate(req);
    if (principal === null) throw new AppError("UNAUTHORIZED");
    const address = clientAddress(req);
    const { room, participant } = await container().services.participants.openSocket({
      roomCode: match[1] ?? "",
      userId: Number(match[2]),
      principal,
      address,
      browser_id: await browserIdOf(req),
    });
    // After the upgrade the request can no longer be read, and throwing would end the process.
    const origin = publicOrigin(req);
    const release = this.#count(participant.user_id, address);
    const { socket, response } = Deno.upgradeWebSocket(req, {
      idleTimeout: SOCKET_IDLE_TIMEOUT_SECONDS,
      ...(protocols.includes(SUBPROTOCOL) ? { protocol: SUBPROTOCOL } : {}),
    });
    serveSocket(socket, {
      room: () => this.#hub.isOpen ? this.#hub.room(room) : null,
      participant,
      connection: webSocketConnection(socket, {
        origin,
        session: { session_id: principal.session_id, link_id: principal.link_id },
      }),
      release,
    });
    return response;
  }

  /** Resolves when no socket is open: every client has heard why. */
  drained(): Promise<void> {
    if (this.#open === 0) return Promise.resolve();
    return new Promise((resolve) => this.#drained.push(resolve));
  }

  #count(userId: number, address: string): () => void {
    if (!this.#perUser.take(String(userId))) {
      throw new AppError("TOO_MANY_REQUESTS", { limit: MAX_SOCKETS_PER_USER });
    }
    if (!this.#perAddress.take(address)) {
      this.#perUser.give(String(userId));
      throw new AppError("TOO_MANY_REQUESTS", { limit: MAX_SOCKETS_PER_ADDRESS });
    }
    this.#open++;
    return () => {
      this.#perUser.give(String(userId));
      this.#perAddress.give(address);
      this.#open--;
      if (this.#open === 0) { for (const resolve of this.#drained.splice(0)) resolve(); }
    };
  }
}

function offeredProtocols(req: Request): string[] {
  const header = req.headers.get("sec-websocket-protocol") ?? "";
  return header.split(",").map((word) => word.trim()).filter((word) => word !== "");
}

interface Served {
  /** Null when the server stops. */
  room: () => Room | null;
  participant: ParticipantRecord;
  connection: Connection;
  release: () => void;
}

/** An exception in a socket's event handler would end the process: every one is guarded. */
function serveSocket(socket: WebSocket, { room, participant, connection, release }: Served): void {
  const { participant_id } = participant;
  const gate = new RateGate(SOCKET_MESSAGES_PER_SECOND, SOCKET_MESSAGE_BURST, Date.now());
  let live: Room | null = null;
  let flooded = false;

  socket.onopen = guarded(() => {
    live = room();
    if (live === null) connection.close(CLOSE_CODE.SERVICE_RESTART, "server restarts");
    else live.attach(participant, connection);
  });
  socket.onmessage = guarded((event: MessageEvent) => {
    if (flooded) return;
    if (!gate.pass(Date.now())) {
      flooded = true;
      setTimeout(() => connection.close(CLOSE_CODE.RATE_LIMITED, "too many"), FLOOD_CALM_MS);
      return;
    }
    const text = readable(event.data, connection);
    if (text === null) return;
    try {
      live?.receive(participant_id, text, connection);
    } catch (error) {
      if (!(error instanceof NotAMessage)) throw error;
      connection.close(CLOSE_CODE.PROTOCOL_ERROR, "not a message");
    }
  });
  socket.onclose = guarded((event: CloseEvent) => {
    release();
    live?.detach(participant_id, connection, CLEAN_CLOSE_CODES.has(event.code));
  });
  // The close event follows with the code; nothing more is known here.
  socket.onerror = () => {};
}

/** The text of a message that may be looked at; otherwise the connection is closed with the reason. */
function readable(data: unknown, connection: Connection): string | null {
  if (typeof data !== "string") {
    connection.close(CLOSE_CODE.PROTOCOL_ERROR, "text only");
    return null;
  }
  // A UTF-16 unit is at most 3 bytes of UTF-8: most messages need not be measured.
  const large = data.length > MAX_SOCKET_MESSAGE_BYTES ||
    (data.length * 3 > MAX_SOCKET_MESSAGE_BYTES &&
      new TextEncoder().encode(data).length > MAX_SOCKET_MESSAGE_BYTES);
  if (!large) return data;
  connection.close(CLOSE_CODE.MESSAGE_TOO_LARGE, "too large");
  return null;
}

function webSocketConnection(
  socket: WebSocket,
  about: Pick<Connection, "origin" | "session">,
): Connection {
  return {
    ...about,
    send: (text) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
    },
    close: (code, reason) => {
      if (socket.readyState <= WebSocket.OPEN) socket.close(code, reason);
    },
    bufferedBytes: () => socket.bufferedAmount,
  };
}

function guarded<Event>(handler: (event: Event) => void): (event: Event) => void {
  return (event) => {
    try {
      handler(event);
    } catch (error) {
      container().log.write({ event: "failed", scope: "socket", error });
    }
  };
}
