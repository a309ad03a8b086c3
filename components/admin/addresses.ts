import type { AdminPageName } from "../../lib/shared/admin_page_props.ts";

export const ADMIN_PATHS = {
  overview: "/admin",
  rooms: "/admin/rooms",
  users: "/admin/users",
  guest_links: "/admin/guest-links",
  bans: "/admin/bans",
  recordings: "/admin/recordings",
  quality: "/admin/quality",
  audit: "/admin/audit",
  settings: "/admin/settings",
} as const satisfies Partial<Record<AdminPageName, string>>;

export type Section = keyof typeof ADMIN_PATHS;

/** What lists may be asked for, in their addresses as in the API. */
export type Wishes = Readonly<Record<string, string | number | boolean | undefined>>;

/** A page with its wishes, without those that say nothing. */
export function addressOf(section: Section, wishes: Wishes = {}): string {
  const said = Object.entries(wishes).filter(([name, value]) =>
    value !== undefined && value !== "" && name !== "limit" && !(name === "offset" && value === 0)
  );
  const search = new URLSearchParams(said.map(([name, value]) => [name, String(value)]));
  return said.length === 0 ? ADMIN_PATHS[section] : `${ADMIN_PATHS[section]}?${search}`;
}

export function roomAddress(roomId: number): string {
  return `${ADMIN_PATHS.rooms}/${roomId}`;
}
