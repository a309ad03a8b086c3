/** What those who lead do with the room by REST: settings, bans, guest links, its end. */
import { type ReadonlySignal, signal } from "@preact/signals";
import type { GuestLink } from "../../shared/protocol/auth.ts";
import type { ErrorBody } from "../../shared/protocol/errors.ts";
import type { Ban } from "../../shared/protocol/moderation.ts";
import type { UpdateRoom } from "../../shared/protocol/rooms.ts";
import {
  endRoom,
  listBans,
  listGuestLinks,
  type Result,
  revokeGuestLink,
  unban,
  updateRoom,
} from "../api/api_client.ts";

/** Lists are null until they have been asked for and answered. */
export interface HostDeskView {
  readonly bans: ReadonlySignal<readonly Ban[] | null>;
  readonly links: ReadonlySignal<readonly GuestLink[] | null>;
  readonly busy: ReadonlySignal<boolean>;
  /** Why the last request did not work. */
  readonly problem: ReadonlySignal<ErrorBody | null>;
  unban(banId: number): Promise<void>;
  revokeLink(linkId: string): Promise<void>;
  /** True when it worked. */
  updateRoom(changes: UpdateRoom): Promise<boolean>;
  endRoom(): Promise<boolean>;
}

export class HostDesk implements HostDeskView {
  readonly #roomCode: string;
  readonly #bans = signal<readonly Ban[] | null>(null);
  readonly #links = signal<readonly GuestLink[] | null>(null);
  readonly #busy = signal(false);
  readonly #problem = signal<ErrorBody | null>(null);
  readonly bans: HostDeskView["bans"] = this.#bans;
  readonly links: HostDeskView["links"] = this.#links;
  readonly busy: HostDeskView["busy"] = this.#busy;
  readonly problem: HostDeskView["problem"] = this.#problem;

  constructor(roomCode: string) {
    this.#roomCode = roomCode;
  }

  async loadBans(): Promise<void> {
    this.#bans.value = await this.#ask(listBans(this.#roomCode)) ?? null;
  }

  async unban(banId: number): Promise<void> {
    if (await this.#do(unban(this.#roomCode, banId))) await this.loadBans();
  }

  async loadLinks(): Promise<void> {
    const answer = await this.#ask(listGuestLinks(this.#roomCode));
    this.#links.value = answer ?? this.#links.peek();
  }

  async revokeLink(linkId: string): Promise<void> {
    if (await this.#do(revokeGuestLink(this.#roomCode, linkId))) await this.loadLinks();
  }

  updateRoom(changes: UpdateRoom): Promise<boolean> {
    return this.#do(updateRoom(this.#roomCode, changes));
  }

  endRoom(): Promise<boolean> {
    return this.#do(endRoom(this.#roomCode));
  }

  /** A dialog opens: what went wrong in the one before does not concern it. */
  forgetProblem(): void {
    this.#problem.value = null;
  }

  async #do(request: Promise<Result<unknown>>): Promise<boolean> {
    await this.#ask(request);
    return this.#problem.peek() === null;
  }

  async #ask<Value>(request: Promise<Result<Value>>): Promise<Value | undefined> {
    this.#busy.value = true;
    const answer = await request;
    this.#busy.value = false;
    this.#problem.value = answer.ok ? null : answer.error;
    return answer.ok ? answer.value : undefined;
  }
}
