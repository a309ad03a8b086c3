/**
 * The door for PeerJS clients: `/peerjs/peerjs?key=&id=&token=&version=`. A browser's page learns
 * nothing of a handshake that is refused, so who may not in is let in far enough to hear why, as
 * PeerServers do it: a word, and the socket is closed. Foreign pages and floods get the status.
 *
 * The token is in the address because PeerJS puts it there: it is a participant token, good for one
 * stay in one room, and addresses are never logged.
 */
import { AppError, isAppError } from "../app_error.ts";
import type { ParticipantPrincipal } from "../auth/principal.ts";
import { container } from "../container.ts";
import { clientAddress } from "../http/client_address.ts";
import { errorBody, localeOf } from "../http/errors.ts";
import { isAllowedOrigin, publicOrigin } from "../http/origin.ts";
import { browserIdOf } from "../http/session.ts";
import {
  CLOSE_CODE,
  type CloseCode,
  FINAL_CLOSE_CODES,
} from "../../shared/protocol/close_codes.ts";
import { ERROR_STATUS, type ErrorCode } from "../../shared/protocol/errors.ts";
import { SOCKET_IDLE_TIMEOUT_SECONDS } from "../../shared/protocol/limits.ts";
import type { ServerMessage } from "../../shared/protocol/messages.ts";
import {
  peerIdOf,
  PEERJS_KEY,
  PEERJS_PATH,
  type PeerJsEvent,
  readPeerId,
} from "../../shared/protocol/peerjs.ts";
import type { ParticipantRecord } from "../store/participants.ts";
import type { RoomRecord } from "../store/rooms.ts";
import type { Connection } from "./connection.ts";
import type { Hub } from "./hub.ts";
import { PeerJsWire } from "./peerjs_wire.ts";
import { guarded, serveSocket, webSocketConnection } from "./served_socket.ts";
import type { SocketSeats } from "./socket_seats.ts";

/** PeerJS adds `peerjs` to the path of its options. */
const SOCKET_PATH = `${PEERJS_PATH}/peerjs`;

export function isPeerJsSocketPath(pathname: string): boolean {
  return pathname === SOCKET_PATH || pathname === `${SOCKET_PATH}/`;
}

interface Admitted {
  room: RoomRecord;
  participant: ParticipantRecord;
  principal: ParticipantPrincipal;
}

/** Said before the socket is closed; of no meaning to the room. */
interface Refused {
  event: PeerJsEvent;
  code: CloseCode;
}

export class PeerJsDoor {
  readonly #hub: Hub;
  readonly #seats: SocketSeats;

  constructor(hub: Hub, seats: SocketSeats) {
    this.#hub = hub;
    this.#seats = seats;
  }

  /** @throws AppError FOREIGN_ORIGIN, TOO_MANY_REQUESTS, and what is the server's own fault */
  async open(req: Request): Promise<Response> {
    // The token proves who asks, so programs without an origin may.
    if (!isAllowedOrigin(req, { absentAllowed: true })) throw new AppError("FOREIGN_ORIGIN");
    const address = clientAddress(req);
    const admitted = await this.#admit(req).catch((error: unknown) => refusal(error, req));
    // After the upgrade the request can no longer be read, and throwing would end the process.
    const origin = publicOrigin(req);
    const userId = "event" in admitted ? undefined : admitted.participant.user_id;
    const release = this.#seats.take({ address, userId });
    const { socket, response } = Deno.upgradeWebSocket(req, {
      idleTimeout: SOCKET_IDLE_TIMEOUT_SECONDS,
    });
    if ("event" in admitted) turnAway(socket, admitted, release);
    else this.#serve(socket, { ...admitted, origin, release });
    return response;
  }

  #serve(
    socket: WebSocket,
    { room, participant, principal, origin, release }: Admitted & {
      origin: string;
      release: () => void;
    },
  ): void {
    const { session_id, link_id } = principal;
    const plain = webSocketConnection(socket, { origin, session: { session_id, link_id } });
    const answer = (event: PeerJsEvent) => plain.send(JSON.stringify(event));
    const wire = new PeerJsWire({
      roomCode: room.room_code,
      selfId: participant.participant_id,
      answer,
    });
    serveSocket(socket, {
      room: () => this.#hub.isOpen ? this.#hub.room(room) : null,
      participant,
      connection: peerJsConnection(plain, wire),
      translate: (text) => wire.said(text),
      release,
    });
  }

  /** @throws AppError, and what is refused in words of PeerJS */
  async #admit(req: Request): Promise<Admitted | Refused> {
    const { auth, participants } = container().services;
    const query = new URL(req.url).searchParams;
    const principal = await auth.verify(query.get("token") ?? "", "bearer");
    // A session opens more than one room: it has no business in an address.
    if (principal?.kind !== "participant") throw new AppError("UNAUTHORIZED");
    const { room, participant } = await participants.openOwnSocket({
      principal,
      address: clientAddress(req),
      browser_id: await browserIdOf(req),
    });
    if (room.e2ee_required) throw new AppError("ENCRYPTION_REQUIRED");
    const key = query.get("key") ?? "";
    if (key !== PEERJS_KEY && key.toUpperCase() !== room.room_code) {
      return { event: said("INVALID-KEY", "Invalid key"), code: CLOSE_CODE.UNAUTHORIZED };
    }
    if (claimsAnother(query.get("id") ?? "", { room, participant })) {
      return { event: said("ID-TAKEN", "ID is taken"), code: CLOSE_CODE.UNAUTHORIZED };
    }
    return { room, participant, principal };
  }
}

/** Any other name a client gives itself does not count: the token says who it is. */
function claimsAnother(id: string, { room, participant }: Omit<Admitted, "principal">): boolean {
  const own = peerIdOf(room.room_code, participant.participant_id);
  return readPeerId(id) !== null && id.toUpperCase() !== own;
}

function peerJsConnection(plain: Connection, wire: PeerJsWire): Connection {
  return {
    ...plain,
    speaksPeerJs: true,
    send: (text) => {
      for (const event of wire.heard(JSON.parse(text) as ServerMessage)) {
        plain.send(JSON.stringify(event));
      }
    },
    close: (code, reason) => {
      // PeerJS shows its program no close codes.
      const isWorthAWord = code !== CLOSE_CODE.LEFT && FINAL_CLOSE_CODES.has(code);
      if (isWorthAWord) plain.send(JSON.stringify(said("ERROR", reason)));
      plain.close(code, reason);
    },
  };
}

function said(type: "ERROR" | "ID-TAKEN" | "INVALID-KEY", msg: string): PeerJsEvent {
  return { type, payload: { msg } };
}

/** @throws what is not the client's fault, or tells it to come later */
function refusal(error: unknown, req: Request): Refused {
  if (!isAppError(error)) throw error;
  const { code, facts } = error;
  if (ERROR_STATUS[code] >= 429) throw error;
  container().metrics.failure(code);
  const { detail } = errorBody(code, { locale: localeOf(req), facts });
  return { event: said("ERROR", detail), code: closeCodeOf(code) };
}

function closeCodeOf(code: ErrorCode): CloseCode {
  if (code === "BANNED") return CLOSE_CODE.BANNED;
  if (code === "ROOM_INACTIVE") return CLOSE_CODE.ROOM_ENDED;
  return CLOSE_CODE.UNAUTHORIZED;
}

function turnAway(socket: WebSocket, { event, code }: Refused, release: () => void): void {
  socket.onopen = guarded(() => {
    socket.send(JSON.stringify(event));
    socket.close(code, event.type);
  });
  socket.onmessage = null;
  socket.onclose = guarded(release);
  socket.onerror = () => {};
}
