/** People as administrators see them: users, the links guests come by, and bans. */
import type {
  AdminBan,
  AdminBansQuery,
  AdminGuestLink,
  AdminGuestLinksQuery,
  AdminUser,
  AdminUsersQuery,
  GuestLinkState,
  Page,
} from "../../shared/protocol/admin.ts";
import { AppError } from "../app_error.ts";
import type { AdminCaller } from "../auth/principal.ts";
import { listGuestLinks, listUsers } from "../store/admin_lists.ts";
import { type BanRecord, listBans } from "../store/bans.ts";
import type { GuestLinkRecord } from "../store/guest_links.ts";
import { mapPage, pageOf } from "../store/pages.ts";
import { loadRoom, type RoomRecord } from "../store/rooms.ts";
import { loadUser, type UserRecord } from "../store/users.ts";
import type { BanService } from "./bans.ts";
import type { GuestLinkService } from "./guest_links.ts";
import type { ServiceContext } from "./services.ts";
import type { SessionService } from "./sessions.ts";

interface Others {
  sessions: SessionService;
  guestLinks: GuestLinkService;
  bans: BanService;
}

export class AdminPeopleService {
  readonly #context: ServiceContext;
  readonly #others: Others;

  constructor(context: ServiceContext, others: Others) {
    this.#context = context;
    this.#others = others;
  }

  async users({ q = "", guests, ...paging }: AdminUsersQuery): Promise<Page<AdminUser>> {
    const matches = ({ user_id, user_name, is_guest }: UserRecord) =>
      (guests === undefined || is_guest === guests) &&
      (q === String(user_id) || contains(user_name, q));
    const page = await pageOf(listUsers(this.#context.kv), matches, paging);
    const sessions = await this.#others.sessions.countByUser();
    return await mapPage(page, ({ user_id, user_name, is_guest, created_at }) => {
      return { user_id, user_name, is_guest, created_at, sessions: sessions.get(user_id) ?? 0 };
    });
  }

  /** Ends every session of a user. @throws AppError NOT_FOUND */
  async signOut(userId: number, caller: AdminCaller): Promise<void> {
    const user = await loadUser(this.#context.kv, userId);
    if (user === null) throw new AppError("NOT_FOUND");
    const sessions = await this.#others.sessions.endAllOf(userId);
    await this.#context.audit.recordBy(caller, {
      action: "user_signed_out",
      target: { kind: "user", id: String(userId), name: user.user_name },
      details: { sessions },
    });
  }

  async guestLinks(query: AdminGuestLinksQuery): Promise<Page<AdminGuestLink>> {
    const { q = "", state, ...paging } = query;
    const links = await listGuestLinks(this.#context.kv);
    const names = new Names(this.#context.kv);
    const all = await Promise.all(
      links.map((link) => names.describe(link, this.#stateOf(link))),
    );
    const matches = (link: AdminGuestLink) =>
      (state === undefined || link.state === state) &&
      (link.room_code === q.toUpperCase() ||
        contains(`${link.room_name}\n${link.created_by_name}`, q));
    return await pageOf(inTurn(all), matches, paging);
  }

  /** Its guests are signed out with it. @throws AppError NOT_FOUND */
  async revoke(linkId: string, caller: AdminCaller): Promise<void> {
    const { room_id, user_name } = await this.#others.guestLinks.revokeByAdmin(linkId);
    const room = await loadRoom(this.#context.kv, room_id);
    await this.#context.audit.recordBy(caller, {
      action: "guest_link_revoked",
      target: { kind: "guest_link", id: linkId, name: room?.room_name ?? "" },
      details: { room_id, user_name },
    });
  }

  async bans({ q = "", ...paging }: AdminBansQuery): Promise<Page<AdminBan>> {
    const names = new Names(this.#context.kv);
    const bans = await Array.fromAsync(listBans(this.#context.kv));
    bans.sort((one, other) => other.ban_id - one.ban_id);
    const all = await Promise.all(bans.map((ban) => names.describeBan(ban)));
    const matches = ({ user_name, room_name, room_code }: AdminBan) =>
      room_code === q.toUpperCase() || contains(`${user_name}\n${room_name}`, q);
    return await pageOf(inTurn(all), matches, paging);
  }

  /** @throws AppError NOT_FOUND */
  async liftBan(banId: number, caller: AdminCaller): Promise<void> {
    const bans = await Array.fromAsync(listBans(this.#context.kv));
    const ban = bans.find(({ ban_id }) => ban_id === banId);
    if (ban === undefined) throw new AppError("NOT_FOUND");
    await this.#others.bans.liftByAdmin(ban.room_id, banId);
    await this.#context.audit.recordBy(caller, {
      action: "ban_lifted",
      target: { kind: "ban", id: String(banId), name: ban.user_name },
      details: { room_id: ban.room_id },
    });
  }

  #stateOf({ revoked_at, expires_at, max_uses, uses }: GuestLinkRecord): GuestLinkState {
    if (revoked_at !== null) return "revoked";
    if (expires_at <= this.#context.clock()) return "expired";
    return max_uses !== null && uses >= max_uses ? "used_up" : "active";
  }
}

/** Names of rooms and people, each looked up once. */
class Names {
  readonly #kv: Deno.Kv;
  readonly #rooms = new Map<number, Promise<RoomRecord | null>>();
  readonly #users = new Map<number, Promise<UserRecord | null>>();

  constructor(kv: Deno.Kv) {
    this.#kv = kv;
  }

  async describe(link: GuestLinkRecord, state: GuestLinkState): Promise<AdminGuestLink> {
    const [room, creator] = await Promise.all([
      this.#room(link.room_id),
      this.#user(link.created_by),
    ]);
    return {
      ...link,
      room_name: room?.room_name ?? "",
      room_code: room?.room_code ?? "",
      created_by_name: creator?.user_name ?? "",
      expires_at: new Date(link.expires_at).toISOString(),
      state,
    };
  }

  /** Without the browser it holds on to, which is nobody's business. */
  async describeBan({ browser_id: _, ...ban }: BanRecord): Promise<AdminBan> {
    const room = await this.#room(ban.room_id);
    return { ...ban, room_name: room?.room_name ?? "", room_code: room?.room_code ?? "" };
  }

  #room(roomId: number): Promise<RoomRecord | null> {
    const found = this.#rooms.get(roomId) ?? loadRoom(this.#kv, roomId);
    this.#rooms.set(roomId, found);
    return found;
  }

  #user(userId: number): Promise<UserRecord | null> {
    const found = this.#users.get(userId) ?? loadUser(this.#kv, userId);
    this.#users.set(userId, found);
    return found;
  }
}

/** A list that is in memory already, for what reads lists one by one. */
async function* inTurn<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

function contains(text: string, q: string): boolean {
  return text.toLowerCase().includes(q.toLowerCase());
}
