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
): Promise<Result<JoinAnswer>> {
  const { wantsMicrophone, wantsCamera } = devices();
  return joinRoom(roomCode, {
    user_name: userName,
    is_muted: !wantsMicrophone,
    is_video_enabled: wantsCamera,
    capabilities: encrypts ? ["mesh-1", "e2ee-1"] : ["mesh-1"],
  });
}

/** The first step into a room: the question for a place, and the socket after a good answer. */
export class Entrance {
  readonly userName: string;
  readonly answer: Promise<Result<JoinAnswer>>;
  #socket: OpeningSocket | null = null;

  constructor(newcomer: Newcomer & { userName: string }) {
    this.userName = newcomer.userName;
    this.answer = askForPlace(newcomer).then((joined) => {
      if (joined.ok) this.#socket = new OpeningSocket(ticketOf(joined.value));
      return joined;
    });
  }

  /** Null without a good answer. */
  get socket(): OpeningSocket | null {
    return this.#socket;
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
