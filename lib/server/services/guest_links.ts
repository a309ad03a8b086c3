/** Guest links: a signed token that lets somebody without a password into one room. */
import QRCode from "qrcode";
import type {
  CreateGuestLink,
  GuestExchange,
  GuestLinkAnswer,
} from "../../shared/protocol/auth.ts";
import { AppError } from "../app_error.ts";
import type { Caller, Principal } from "../auth/principal.ts";
import {
  type GuestLinkRecord,
  listGuestLinks,
  loadGuestLink,
  saveGuestLink,
  updateGuestLink,
} from "../store/guest_links.ts";
import { loadRoom, type RoomRecord } from "../store/rooms.ts";
import { Turns } from "../store/turns.ts";
import { saveUser } from "../store/users.ts";
import type { AuthService, SignedIn } from "./auth.ts";
import type { RoomAccess } from "./room_access.ts";
import type { ServiceContext } from "./services.ts";

export interface GuestVisit {
  address: string;
  /** Who this browser is signed in as already. */
  principal: Principal | null;
  /** What bans hold on to. */
  browserId: string | null;
  /** Name of guests who give none. */
  defaultName: string;
}

export interface GuestSignedIn extends SignedIn {
  room_code: string;
}

export class GuestLinkService {
  readonly #context: ServiceContext;
  readonly #access: RoomAccess;
  readonly #auth: AuthService;
  /** A class that opens one link at the same moment must not run into conflicts. */
  readonly #linkTurns = new Turns<string>();

  constructor(context: ServiceContext, others: { access: RoomAccess; auth: AuthService }) {
    this.#context = context;
    this.#access = others.access;
    this.#auth = others.auth;
  }

  /**
   * @param reference room code or room_id
   * @param origin of the link, as in `https://call.example.com`
   * @throws AppError ROOM_NOT_FOUND, ROOM_INACTIVE, FORBIDDEN, GUESTS_NOT_ALLOWED
   */
  async create(
    reference: string,
    caller: Caller,
    { wish, origin }: { wish: CreateGuestLink; origin: string },
  ): Promise<GuestLinkAnswer> {
    const { kv, clock, tokens, log, config } = this.#context;
    const { room_id } = await this.#findOwn(reference, caller);
    const now = clock();
    const lifetimeSeconds = wish.expires_in ?? config.guestLinkSeconds;
    const { user_id } = caller.principal;
    const link: GuestLinkRecord = {
      link_id: crypto.randomUUID(),
      room_id,
      created_by: user_id,
      created_at: new Date(now).toISOString(),
      expires_at: now + lifetimeSeconds * 1000,
      max_uses: wish.max_uses ?? null,
      uses: 0,
      user_name: wish.user_name ?? null,
      revoked_at: null,
    };
    await saveGuestLink(kv, link, now);
    const claims = { sub: String(room_id), jti: link.link_id };
    const guest_token = await tokens.sign("guest_link", claims, lifetimeSeconds);
    // In the fragment: browsers send it to nobody, so it stays out of logs and of `Referer`.
    const guest_url = `${origin}/#/room/${room_id}?guest_token=${guest_token}`;
    log.write({ event: "guest_link_created", room_id, link_id: link.link_id, user_id });
    return { guest_url, guest_token, guest_qr_code: await QRCode.toDataURL(guest_url) };
  }

  /**
   * Lets a guest in. The same browser stays the same guest, and somebody who signed in stays who
   * they are; neither uses the link up.
   * @throws AppError GUEST_LINK_INVALID, GUEST_LINK_EXPIRED, ROOM_INACTIVE, BANNED,
   *   TOO_MANY_REQUESTS
   */
  async exchange(request: GuestExchange, visit: GuestVisit): Promise<GuestSignedIn> {
    this.#context.limits.hit("guest_exchanges", visit.address);
    const { link, room } = await this.#open(request.guest_token, visit.address);
    const { principal, browserId: browser_id } = visit;
    await this.#access.assertNotBanned(room, { principal, browser_id });
    const signedIn = await this.#signIn(link, request, visit);
    return { ...signedIn, room_code: room.room_code };
  }

  /** Links of the room, newest first; those that are over too. @throws AppError as `create` */
  async list(reference: string, caller: Caller): Promise<GuestLinkRecord[]> {
    const { room_id } = await this.#findOwn(reference, caller);
    return await listGuestLinks(this.#context.kv, room_id);
  }

  /** Its guests are signed out with it. @throws AppError as `create`, and NOT_FOUND */
  async revoke(reference: string, caller: Caller, linkId: string): Promise<void> {
    const { room_id } = await this.#findOwn(reference, caller);
    await this.#revoke(linkId, { user_id: caller.principal.user_id, room_id });
  }

  /** By an administrator, who needs no place in the room. @throws AppError NOT_FOUND */
  revokeByAdmin(linkId: string): Promise<GuestLinkRecord> {
    return this.#revoke(linkId, { user_id: null });
  }

  /** @param by with `room_id`: only a link of that room */
  async #revoke(
    link_id: string,
    by: { user_id: number | null; room_id?: number },
  ): Promise<GuestLinkRecord> {
    const { kv, clock, log, bus } = this.#context;
    const now = clock();
    const revoked = await updateGuestLink(kv, {
      linkId: link_id,
      now,
      change: (link) => {
        if (by.room_id !== undefined && link.room_id !== by.room_id) {
          throw new AppError("NOT_FOUND");
        }
        return { ...link, revoked_at: link.revoked_at ?? new Date(now).toISOString() };
      },
    });
    if (revoked === null) throw new AppError("NOT_FOUND");
    const { room_id } = revoked;
    log.write({ event: "guest_link_revoked", room_id, link_id, user_id: by.user_id });
    bus.publish({ type: "sessions_ended", link_id });
    return revoked;
  }

  async #findOwn(reference: string, caller: Caller): Promise<RoomRecord> {
    const room = await this.#access.findByReference(reference, caller);
    await this.#access.require(room, caller.principal, "invite_guests");
    return room;
  }

  async #open(
    token: string,
    address: string,
  ): Promise<{ link: GuestLinkRecord; room: RoomRecord }> {
    const { kv, tokens, log, clock } = this.#context;
    const verdict = await tokens.verify("guest_link", token);
    if (!verdict.ok) {
      const reason = verdict.expired ? "GUEST_LINK_EXPIRED" : "GUEST_LINK_INVALID";
      log.write({ event: "auth_failed", reason, address });
      throw new AppError(reason);
    }
    const link = await loadGuestLink(kv, verdict.claims.jti);
    const room = link && await loadRoom(kv, link.room_id);
    if (link === null || room === null) throw new AppError("GUEST_LINK_INVALID");
    assertAlive(link, clock());
    if (!room.is_active) throw new AppError("ROOM_INACTIVE");
    return { link, room };
  }

  async #signIn(
    link: GuestLinkRecord,
    { user_name }: GuestExchange,
    { principal, defaultName }: GuestVisit,
  ): Promise<SignedIn> {
    const { room_id, link_id } = link;
    if (principal?.kind === "user") return await this.#auth.openSession(principal);
    if (principal?.kind === "guest" && principal.room_id === room_id) {
      return await this.#auth.openSession({
        user_id: principal.user_id,
        user_name: user_name ?? principal.user_name,
        guestOf: { room_id, link_id },
      });
    }
    await this.#use(link_id);
    const name = user_name ?? link.user_name ?? defaultName;
    const user_id = await this.#makeGuest(name);
    return await this.#auth.openSession({
      user_id,
      user_name: name,
      guestOf: { room_id, link_id },
    });
  }

  /** Counts one use; of two guests who come for the last one, one is refused. */
  async #use(linkId: string): Promise<void> {
    const now = this.#context.clock();
    const change = (link: GuestLinkRecord) => {
      assertAlive(link, now);
      if (link.max_uses !== null && link.uses >= link.max_uses) {
        throw new AppError("GUEST_LINK_EXPIRED");
      }
      return { ...link, uses: link.uses + 1 };
    };
    const used = await this.#linkTurns.take(
      linkId,
      () => updateGuestLink(this.#context.kv, { linkId, now, change }),
    );
    if (used === null) throw new AppError("GUEST_LINK_INVALID");
  }

  async #makeGuest(user_name: string): Promise<number> {
    const { kv, ids, clock } = this.#context;
    const user_id = await ids.next("user");
    const created_at = new Date(clock()).toISOString();
    await saveUser(kv, { user_id, user_name, is_guest: true, created_at });
    return user_id;
  }
}

function assertAlive(link: GuestLinkRecord, now: number): void {
  if (link.revoked_at !== null || link.expires_at <= now) throw new AppError("GUEST_LINK_EXPIRED");
}
