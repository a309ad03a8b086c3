/** What the server hands to the pages below /admin. Serialisable, in one language. */
import type { Locale } from "./i18n/locale.ts";
import type { Messages } from "./i18n/translate.ts";
import type {
  Admin,
  AdminBan,
  AdminBansQuery,
  AdminGuestLink,
  AdminGuestLinksQuery,
  AdminQualityQuery,
  AdminRoom,
  AdminRoomDetails,
  AdminRoomsQuery,
  AdminUser,
  AdminUsersQuery,
  Page,
  ParticipantQuality,
} from "./protocol/admin.ts";
import type {
  AdminSettingsAnswer,
  AdminStatus,
  AuditEntry,
  AuditQuery,
} from "./protocol/admin_operations.ts";
import type { AdminRecordingsAnswer, AdminRecordingsQuery } from "./protocol/recordings.ts";

export const ADMIN_NAMESPACES = ["common", "admin", "recordings", "error"] as const;
export type AdminNamespace = (typeof ADMIN_NAMESPACES)[number];

/** A page with what it shows. The names are those of the pages' words and addresses too. */
export type AdminView =
  | {
    readonly page: "overview";
    /** Null: still being asked, which takes as long as the slowest relay. */
    readonly status: AdminStatus | null;
    /** Those with somebody in them. */
    readonly rooms: Page<AdminRoom>;
  }
  | { readonly page: "rooms"; readonly query: AdminRoomsQuery; readonly list: Page<AdminRoom> }
  | { readonly page: "room"; readonly room: AdminRoomDetails }
  | { readonly page: "users"; readonly query: AdminUsersQuery; readonly list: Page<AdminUser> }
  | {
    readonly page: "guest_links";
    readonly query: AdminGuestLinksQuery;
    readonly list: Page<AdminGuestLink>;
  }
  | { readonly page: "bans"; readonly query: AdminBansQuery; readonly list: Page<AdminBan> }
  | {
    readonly page: "recordings";
    readonly query: AdminRecordingsQuery;
    readonly list: AdminRecordingsAnswer;
  }
  | {
    readonly page: "quality";
    readonly query: AdminQualityQuery;
    readonly list: Page<ParticipantQuality>;
  }
  | { readonly page: "audit"; readonly query: AuditQuery; readonly list: Page<AuditEntry> }
  | { readonly page: "settings"; readonly answer: AdminSettingsAnswer };

export type AdminPageName = AdminView["page"];
/** One page's part of `AdminView`. */
export type ViewOf<Name extends AdminPageName> = Extract<AdminView, { page: Name }>;

export interface AdminProps {
  readonly locale: Locale;
  readonly messages: Messages<AdminNamespace>;
  readonly admin: Admin;
  /** Address of the page without the origin. */
  readonly path: string;
  /** When the server looked. ISO 8601. */
  readonly now: string;
  readonly view: AdminView;
}

export const ADMIN_LOGIN_NAMESPACES = ["common", "admin", "error"] as const;
export type AdminLoginNamespace = (typeof ADMIN_LOGIN_NAMESPACES)[number];

export interface AdminLoginProps {
  readonly locale: Locale;
  readonly messages: Messages<AdminLoginNamespace>;
  /** Path to go to afterwards, below /admin. */
  readonly next: string;
}
