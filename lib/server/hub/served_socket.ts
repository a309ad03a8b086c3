/**
 * An upgraded WebSocket in the service of a room: what comes in is measured and counted before
 * anybody looks at it. An exception in a socket's event handler would end the process, so every
 * one is guarded.
 */
import { CLOSE_CODE } from "../../shared/protocol/close_codes.ts";
import {
  MAX_SOCKET_MESSAGE_BYTES,
  SOCKET_MESSAGE_BURST,
  SOCKET_MESSAGES_PER_SECOND,
} from "../../shared/protocol/limits.ts";
import { container } from "../container.ts";
import type { ParticipantRecord } from "../store/participants.ts";
import type { Connection } from "./connection.ts";
import { NotAMessage } from "./dispatch.ts";
import { RateGate } from "./rate_gate.ts";
import type { Room } from "./room.ts";

/**
 * Between the message too many and the close. A socket that is closed while messages still come in
 * breaks, and its client would never learn the reason.
 */
const FLOOD_CALM_MS = 100;

/** Close codes with which browsers say that the page or the call ended on purpose. */
const CLEAN_CLOSE_CODES: ReadonlySet<number> = new Set([1000, 1001, 1005]);

export interface Served {
  /** Null when the server stops. */
  room: () => Room | null;
  participant: ParticipantRecord;
  connection: Connection;
  /** From what the client said to a message of ours; null when the room need not hear it. */
  translate?: (text: string) => string | null;
  release: () => void;
}

export function serveSocket(socket: WebSocket, served: Served): void {
  const { room, participant, connection, release, translate = (text) => text } = served;
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
      const message = translate(text);
      if (message !== null) live?.receive(participant_id, message, connection);
    } catch (error) {
      if (!(error instanceof NotAMessage)) throw error;
      connection.close(CLOSE_CODE.PROTOCOL_ERROR, "not a message");
    }
  });
  let closed = false;
  socket.onclose = guarded((event: CloseEvent) => {
    // A socket that answers no ping is closed twice by Deno: with a code that browsers use when the
    // page ends, but not clean, and then as if its client had said goodbye.
    if (closed) return;
    closed = true;
    release();
    const clean = event.wasClean && CLEAN_CLOSE_CODES.has(event.code);
    live?.detach(participant_id, connection, clean);
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

export function webSocketConnection(
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

export function guarded<Event>(handler: (event: Event) => void): (event: Event) => void {
  return (event) => {
    try {
      handler(event);
    } catch (error) {
      container().log.write({ event: "failed", scope: "socket", error });
    }
  };
}
