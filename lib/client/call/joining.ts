/** Asking the server for a place in the room, at first and again after every loss of the socket. */
import type { ErrorBody } from "../../shared/protocol/errors.ts";
import type { JoinAnswer } from "../../shared/protocol/participants.ts";
import { joinRoom } from "../api/api_client.ts";
import type { LocalMedia } from "../media/local_media.ts";
import type { SocketTicket } from "../signaling/signaling_client.ts";

/** Refusals that another attempt may overcome. */
const PASSING: ReadonlySet<ErrorBody["error_code"]> = new Set([
  "UNAVAILABLE",
  "TOO_MANY_REQUESTS",
  "INTERNAL_ERROR",
  "CONFLICT",
]);

export interface JoiningOptions {
  roomCode: string;
  /** Shown to the others; the account's name otherwise. */
  userName?: string;
  media: LocalMedia;
  encrypts: boolean;
}

export class Joining {
  readonly #options: JoiningOptions;
  #joinedBefore = false;

  constructor(options: JoiningOptions) {
    this.#options = options;
  }

  /** @returns null: not now; an error: it will never work */
  async join(): Promise<JoinAnswer | { error: ErrorBody } | null> {
    const { roomCode, userName, media, encrypts } = this.#options;
    const joined = await joinRoom(roomCode, {
      user_name: userName,
      is_muted: !media.wantsMicrophone,
      is_video_enabled: media.wantsCamera,
      capabilities: encrypts ? ["mesh-1", "e2ee-1"] : ["mesh-1"],
    });
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
