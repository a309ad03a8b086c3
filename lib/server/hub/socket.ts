/**
 * The WebSocket doors. The room's own is at `/video/ws/{room_code}/{user_id}`: everything that can
 * be refused is refused before the upgrade, with the documented status; afterwards only close codes
 * are left.
 */
import { AppError } from "../app_error.ts";
import type { Principal } from "../auth/principal.ts";
import { container } from "../container.ts";
import { clientAddress } from "../http/client_address.ts";
import { isAllowedOrigin, publicOrigin } from "../http/origin.ts";
import { authenticate, browserIdOf } from "../http/session.ts";
import { SOCKET_IDLE_TIMEOUT_SECONDS } from "../../shared/protocol/limits.ts";
import { isCheckSocketPath, serveCheckSocket } from "./check_socket.ts";
import type { Hub } from "./hub.ts";
import { isPeerJsSocketPath, PeerJsDoor } from "./peerjs_door.ts";
import { serveSocket, webSocketConnection } from "./served_socket.ts";
import { SocketSeats } from "./socket_seats.ts";

const SOCKET_PATH = /^\/video\/ws\/([^/]+)\/(\d{1,15})\/?$/;
const SUBPROTOCOL = "videocall.v1";

export function isSocketPath(pathname: string): boolean {
  return pathname.startsWith("/video/ws/") || isPeerJsSocketPath(pathname) ||
    isCheckSocketPath(pathname);
}

export class SocketDoor {
  readonly #hub: Hub;
  readonly #seats = new SocketSeats();
  readonly #peerJs: PeerJsDoor;

  constructor(hub: Hub) {
    this.#hub = hub;
    this.#peerJs = new PeerJsDoor(hub, this.#seats);
  }

  /**
   * Verifies and upgrades.
   * @throws {AppError} 400 no upgrade, 401, 403 foreign origin or foreign id, 404, 410, 429, 503.
   */
  async open(req: Request): Promise<Response> {
    const { pathname } = new URL(req.url);
    const match = SOCKET_PATH.exec(pathname);
    const isPeerJs = isPeerJsSocketPath(pathname);
    const isCheck = isCheckSocketPath(pathname);
    if (match === null && !isPeerJs && !isCheck) throw new AppError("NOT_FOUND");
    // Clients told to come back are quicker than the process that ends.
    if (!this.#hub.isOpen) throw new AppError("UNAVAILABLE", {}, { retryAfterSeconds: 1 });
    if (req.headers.get("upgrade")?.toLowerCase() !== "websocket") {
      throw new AppError("VALIDATION_ERROR", { expected: "websocket" });
    }
    if (isCheck) {
      // Nothing is learned here, so any page may look.
      const release = this.#seats.take({ address: clientAddress(req) });
      return serveCheckSocket(req, { bootId: container().bootId, release });
    }
    if (isPeerJs) return await this.#peerJs.open(req);
    return await this.#openOwn(req, { roomCode: match?.[1] ?? "", userId: Number(match?.[2]) });
  }

  /** Resolves when no socket is open: every client has heard why. */
  drained(): Promise<void> {
    return this.#seats.drained();
  }

  async #openOwn(
    req: Request,
    path: { roomCode: string; userId: number },
  ): Promise<Response> {
    const protocols = offeredProtocols(req);
    const bearer = protocols.some((word) => word.startsWith("bearer."));
    if (!isAllowedOrigin(req, { absentAllowed: bearer })) throw new AppError("FOREIGN_ORIGIN");

    const visitor = await authenticate(req);
    if (visitor === null) throw new AppError("UNAUTHORIZED");
    const ticket = protocols.find((word) => word.startsWith("ticket."))?.slice("ticket.".length);
    const principal = ticket === undefined ? visitor : await joinedWith(ticket, visitor);
    const address = clientAddress(req);
    const { room, participant } = await container().services.participants.openSocket({
      ...path,
      principal,
      address,
      browser_id: await browserIdOf(req),
    });
    // After the upgrade the request can no longer be read, and throwing would end the process.
    const origin = publicOrigin(req);
    const release = this.#seats.take({ address, userId: participant.user_id });
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
}

/** As whom the socket goes on that set out beside its join. */
async function joinedWith(ticket: string, { user_id }: Principal): Promise<Principal> {
  const { auth, earlySockets } = container().services;
  const token = await earlySockets.wait(user_id, ticket);
  const principal = token === null ? null : await auth.verify(token, "bearer");
  if (principal === null) throw new AppError("PARTICIPANT_NOT_FOUND");
  return principal;
}

function offeredProtocols(req: Request): string[] {
  const header = req.headers.get("sec-websocket-protocol") ?? "";
  return header.split(",").map((word) => word.trim()).filter((word) => word !== "");
}
