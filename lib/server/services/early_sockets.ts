/**
 * Sockets that set out together with the join they belong to: both name the same ticket, made up by
 * the client for this one time. The socket waits for the join, and goes on by the join's own token.
 */
import { MAX_SOCKET_TICKETS, SOCKET_TICKET_SECONDS } from "../../shared/protocol/limits.ts";

export class EarlySockets {
  readonly #tickets = new Map<string, PromiseWithResolvers<string | null>>();

  /** @returns the participant token of the join; null: there was none in time */
  async wait(userId: number, ticket: string): Promise<string | null> {
    const name = nameOf(userId, ticket);
    return await this.#of(name)?.promise.finally(() => this.#tickets.delete(name)) ?? null;
  }

  /** The join is done, whether or not a socket waits for it yet. */
  joined(userId: number, ticket: string, token: string): void {
    this.#of(nameOf(userId, ticket))?.resolve(token);
  }

  /** Undefined: too many at once; the client comes again without a ticket. */
  #of(name: string): PromiseWithResolvers<string | null> | undefined {
    const known = this.#tickets.get(name);
    if (known !== undefined || this.#tickets.size >= MAX_SOCKET_TICKETS) return known;
    const made = Promise.withResolvers<string | null>();
    this.#tickets.set(name, made);
    setTimeout(() => {
      this.#tickets.delete(name);
      made.resolve(null);
    }, SOCKET_TICKET_SECONDS * 1000);
    return made;
  }
}

function nameOf(userId: number, ticket: string): string {
  return `${userId} ${ticket}`;
}
