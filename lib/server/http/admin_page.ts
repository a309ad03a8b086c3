/** Pages below /admin: shown to administrators, everyone else is led to the sign-in. */
import type { z } from "zod";
import type { AdminView } from "../../shared/admin_page_props.ts";
import type { PageData } from "../../shared/page_props.ts";
import type { Admin } from "../../shared/protocol/admin.ts";
import type { AdminStatus } from "../../shared/protocol/admin_operations.ts";
import { isAppError } from "../app_error.ts";
import { container } from "../container.ts";
import { ApiCall, type RouteContext } from "./api.ts";
import { validate } from "./body.ts";
import { PageCall, seeOther } from "./page.ts";
import { identifyAdmin } from "./session.ts";

const LOGIN_PATH = "/admin/login";
/** Relays that do not answer take seconds; the page comes first and asks again itself. */
const STATUS_PATIENCE_MS = 300;

export interface AdminPageData extends PageData {
  admin: Admin;
  /** When the server looked. ISO 8601. */
  now: string;
  view: AdminView;
}

/** The GET of a page below /admin. Wishes that make no sense lead to the page without them. */
export function adminPage(
  show: (call: AdminPageCall) => Promise<AdminView>,
): (context: RouteContext) => Promise<Response | { data: AdminPageData }> {
  return async (context) => {
    const { data } = new PageCall(context);
    const { admin } = await identifyAdmin(context.req);
    if (admin === null) return seeOther(`${LOGIN_PATH}?next=${encodeURIComponent(data.path)}`);
    const { pathname, search } = new URL(context.req.url);
    try {
      const [view, account] = await Promise.all([
        show(new AdminPageCall(context)),
        container().services.admins.me(admin),
      ]);
      if (isBehindTheEnd(view)) return seeOther(withoutOffset(context.req.url));
      return { data: { ...data, admin: account, now: new Date().toISOString(), view } };
    } catch (error) {
      const isSenseless = isAppError(error) && error.code === "VALIDATION_ERROR" && search !== "";
      if (isSenseless) return seeOther(pathname);
      throw error;
    }
  };
}

/** The list has become shorter since somebody wrote the address down. */
function isBehindTheEnd(view: AdminView): boolean {
  return "list" in view && view.list.items.length === 0 && view.list.offset > 0;
}

function withoutOffset(address: string): string {
  const url = new URL(address);
  url.searchParams.delete("offset");
  return url.pathname + url.search;
}

/** One request for such a page. */
export class AdminPageCall {
  readonly #call: ApiCall;

  constructor({ req, params }: RouteContext) {
    this.#call = new ApiCall(req, params);
  }

  get services() {
    return this.#call.services;
  }

  get origin(): string {
    return this.#call.origin;
  }

  /** @throws AppError NOT_FOUND */
  id(name: string): number {
    return this.#call.id(name);
  }

  /** What the list was asked for; empty fields of its form ask for nothing. */
  wishes<T>(schema: z.ZodType<T>): T {
    const said = [...new URL(this.#call.req.url).searchParams].filter(([, value]) => value !== "");
    return validate(schema, Object.fromEntries(said));
  }

  /** Null when it takes longer than anybody likes to wait for a page. */
  async status(): Promise<AdminStatus | null> {
    const asked = this.services.status.status();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<null>((resolve) => {
      timer = setTimeout(() => resolve(null), STATUS_PATIENCE_MS);
    });
    // Whoever asks next meets the same failure; here it must not count as unhandled.
    asked.catch(() => {});
    return await Promise.race([asked, late]).finally(() => clearTimeout(timer));
  }
}

/** A path below /admin to go on to after signing in; anything else becomes the overview. */
export function safeAdminPath(path: string | null): string {
  const isOurs = path !== null && /^\/admin(?:[/?]|$)/.test(path) && !path.startsWith(LOGIN_PATH);
  return isOurs ? path : "/admin";
}
