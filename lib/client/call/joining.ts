/** Asking the server for a place in the room, at first and again after every loss of the socket. */
import type { ErrorBody } from "../../shared/protocol/errors.ts";
import type { JoinAnswer } from "../../shared/protocol/participants.ts";
import { joinRoom, type Result } from "../api/api_client.ts";
import { OpeningSocket, type SocketTicket } from "../signaling/opening_socket.ts";

/** Refusals that another attempt may overcome. */
const PASSING: ReadonlySet<ErrorBody["error_code"]> = new Set([
  "UNAVAILABLE",
  "TOO_MANY_REQUESTS",
  "INTERNAL_ERROR",
  "CONFLICT",
]);

export interface Newcomer {
  roomCode: string;
  /** Shown to the others; the account's name otherwise. */
  userName?: string;
  encrypts: boolean;
  /** What the person wants now. */
  devices(): { wantsMicrophone: boolean; wantsCamera: boolean };
}

function askForPlace(
  { roomCode, userName, encrypts, devices }: Newcomer,
  socketTicket?: string,
): Promise<Result<JoinAnswer>> {
  const { wantsMicrophone, wantsCamera } = devices();
  return joinRoom(roomCode, {
    user_name: userName,
    is_muted: !wantsMicrophone,
    is_video_enabled: wantsCamera,
    capabilities: encrypts ? ["mesh-1", "e2ee-1"] : ["mesh-1"],
    socket_ticket: socketTicket,
  });
}

/** The first step into a room: the question for a place, and beside it the socket that needs one. */
export class Entrance {
  readonly userName: string;
  readonly answer: Promise<Result<JoinAnswer>>;
  readonly #socket: OpeningSocket;

  constructor(newcomer: Newcomer & { userName: string; userId: number }) {
    this.userName = newcomer.userName;
    const ticket = crypto.randomUUID();
    const server = location.origin.replace(/^http/, "ws");
    const url = `${server}/video/ws/${newcomer.roomCode}/${newcomer.userId}`;
    this.answer = askForPlace(newcomer, ticket);
    this.#socket = new OpeningSocket(url, `ticket.${ticket}`);
    void this.answer.then((joined) => joined.ok || this.#socket.giveUp());
  }

  /** Null: it was refused, and another one is needed. */
  get socket(): OpeningSocket | null {
    return this.#socket.refused ? null : this.#socket;
  }
}

export class Joining {
  readonly #newcomer: Newcomer;
  readonly #entrance: Entrance | null;
  #asked = false;
  #joinedBefore = false;

  /** @param entrance of somebody who is on the way in already */
  constructor(newcomer: Newcomer, entrance: Entrance | null) {
    this.#newcomer = newcomer;
    this.#entrance = entrance;
  }

  /** Of the entrance, once its answer is there. */
  get socket(): OpeningSocket | null {
    return this.#entrance?.socket ?? null;
  }

  /** @returns null: not now; an error: it will never work */
  async join(): Promise<JoinAnswer | { error: ErrorBody } | null> {
    const entrance = this.#asked ? null : this.#entrance;
    this.#asked = true;
    const joined = await (entrance?.answer ?? askForPlace(this.#newcomer));
    if (joined.ok) {
      this.#joinedBefore = true;
      return joined.value;
    }
    const passing = this.#joinedBefore && PASSING.has(joined.error.error_code);
    return passing ? null : { error: joined.error };
  }
}

export function ticketOf({ ws_url, session_token }: JoinAnswer): SocketTicket {
  return { url: ws_url, sessionToken: session_token };
}
