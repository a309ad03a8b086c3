import type { Locale } from "../../lib/shared/i18n/locale.ts";
import type { Translate } from "../../lib/shared/i18n/translator.ts";
import type { AdminLoginNamespace, AdminNamespace } from "../../lib/shared/admin_page_props.ts";

/** The `t` of the pages below /admin. */
export type AdminWords = Translate<AdminNamespace>;

/** The `t` of the page where administrators sign in. */
export type LoginWords = Translate<AdminLoginNamespace>;

/** What is asked before it is done, and to whom or what. */
export type AdminDeed =
  | { readonly kind: "end_room"; readonly id: number; readonly name: string }
  | { readonly kind: "revoke_link"; readonly id: string; readonly name: string }
  | { readonly kind: "lift_ban"; readonly id: number; readonly name: string }
  | { readonly kind: "sign_out_user"; readonly id: number; readonly name: string }
  | { readonly kind: "delete_recording"; readonly id: number; readonly name: string }
  /** Oneself, on all devices. */
  | { readonly kind: "sign_out_admin"; readonly name: string };

/** What every part of these pages needs. */
export interface Scene {
  readonly t: AdminWords;
  readonly locale: Locale;
  /** When the server was last asked. Milliseconds since the epoch. */
  readonly now: number;
  /** Opens the question; the answer does it. */
  readonly ask: (deed: AdminDeed) => void;
}
