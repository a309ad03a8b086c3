/** How many sockets one user and one address hold, and whether any is open at all. */
import {
  MAX_SOCKETS_PER_ADDRESS,
  MAX_SOCKETS_PER_USER,
  SOCKET_IDLE_TIMEOUT_SECONDS,
} from "../../shared/protocol/limits.ts";
import { AppError } from "../app_error.ts";
import { Tally } from "./tally.ts";

export interface SeatHolder {
  address: string;
  /** Left out: nobody known yet. */
  userId?: number;
}

export class SocketSeats {
  readonly #perUser = new Tally(MAX_SOCKETS_PER_USER);
  readonly #perAddress = new Tally(MAX_SOCKETS_PER_ADDRESS);
  #open = 0;
  readonly #drained: (() => void)[] = [];

  /**
   * @returns to be called once, when the socket is closed
   * @throws AppError TOO_MANY_REQUESTS
   */
  take({ address, userId }: SeatHolder): () => void {
    const user = userId === undefined ? null : String(userId);
    if (user !== null && !this.#perUser.take(user)) throw tooMany(MAX_SOCKETS_PER_USER);
    if (!this.#perAddress.take(address)) {
      if (user !== null) this.#perUser.give(user);
      throw tooMany(MAX_SOCKETS_PER_ADDRESS);
    }
    this.#open++;
    return () => {
      if (user !== null) this.#perUser.give(user);
      this.#perAddress.give(address);
      this.#open--;
      if (this.#open === 0) { for (const resolve of this.#drained.splice(0)) resolve(); }
    };
  }

  /** Resolves when no socket is open: every client has heard why. */
  drained(): Promise<void> {
    if (this.#open === 0) return Promise.resolve();
    return new Promise((resolve) => this.#drained.push(resolve));
  }
}

/** By then a socket whose client has vanished is noticed and gone. */
function tooMany(limit: number): AppError {
  const retryAfterSeconds = SOCKET_IDLE_TIMEOUT_SECONDS;
  const facts = { limit, retry_after: retryAfterSeconds };
  return new AppError("TOO_MANY_REQUESTS", facts, { retryAfterSeconds });
}
