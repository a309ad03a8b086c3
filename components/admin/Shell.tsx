import { useSignal } from "@preact/signals";
import {
  Activity,
  Ban,
  DoorOpen,
  Film,
  LayoutDashboard,
  Link,
  LogOut,
  type LucideIcon,
  Menu,
  ScrollText,
  Settings,
  Users,
  X,
} from "lucide-preact";
import type { ComponentChildren } from "preact";
import type { AdminPageName } from "../../lib/shared/admin_page_props.ts";
import type { Locale } from "../../lib/shared/i18n/locale.ts";
import { Button, buttonClass } from "../ui/Button.tsx";
import { LanguageSwitch } from "../ui/LanguageSwitch.tsx";
import { TopBar } from "../ui/TopBar.tsx";
import { useLive } from "../ui/live.ts";
import { ADMIN_PATHS, type Section } from "./addresses.ts";
import type { AdminWords } from "./scene.ts";

const ICONS: Record<Section, LucideIcon> = {
  overview: LayoutDashboard,
  rooms: DoorOpen,
  users: Users,
  guest_links: Link,
  bans: Ban,
  recordings: Film,
  quality: Activity,
  audit: ScrollText,
  settings: Settings,
};
const SECTIONS = Object.keys(ADMIN_PATHS) as Section[];

interface ShellProps {
  t: AdminWords;
  locale: Locale;
  path: string;
  page: AdminPageName;
  adminName: string;
  onSignOut: () => void;
  children: ComponentChildren;
}

/** The frame of every page below /admin: where one is, and the way to the rest. */
export function Shell(props: ShellProps) {
  const { t, locale, path, children } = props;
  const open = useSignal(false);
  return (
    <div
      class="mx-auto flex min-h-dvh max-w-7xl flex-col"
      onKeyDown={(event) => {
        if (event.key === "Escape") open.value = false;
      }}
    >
      <TopBar name={t("common.app_name")}>
        <LanguageSwitch locale={locale} path={path} name={t("common.other_language")} />
        <MenuButton t={t} open={open.value} onToggle={() => open.value = !open.value} />
      </TopBar>
      <div class="grow lg:grid lg:grid-cols-[15rem_minmax(0,1fr)] lg:items-start">
        <Sidebar {...props} open={open.value} />
        <main class="safe-x safe-bottom flex min-w-0 flex-col gap-5 pt-2 pb-16 lg:pt-1 lg:pl-6">
          {children}
        </main>
      </div>
    </div>
  );
}

function MenuButton(
  { t, open, onToggle }: { t: AdminWords; open: boolean; onToggle: () => void },
) {
  const live = useLive();
  const Icon = open ? X : Menu;
  return (
    <button
      type="button"
      class={buttonClass("quiet", "px-3.5 lg:hidden")}
      aria-expanded={open}
      aria-controls="admin-sections"
      disabled={!live.value}
      data-testid="admin-menu"
      onClick={onToggle}
    >
      <Icon class="size-5" aria-hidden="true" />
      {t("admin.menu")}
    </button>
  );
}

function Sidebar({ t, page, adminName, open, onSignOut }: ShellProps & { open: boolean }) {
  const live = useLive();
  const section = page === "room" ? "rooms" : page;
  return (
    <div
      id="admin-sections"
      class={`safe-x pb-5 lg:sticky lg:top-0 lg:block lg:pr-0 ${open ? "animate-rise" : "hidden"}`}
    >
      <nav
        aria-label={t("admin.sections")}
        class="rounded-2xl bg-surface p-2 lg:rounded-none lg:bg-transparent lg:p-0"
        data-testid="admin-nav"
      >
        <ul class="grid gap-0.5 sm:grid-cols-2 lg:grid-cols-1">
          {SECTIONS.map((each) => (
            <li key={each}>
              <SectionLink t={t} section={each} isHere={each === section} />
            </li>
          ))}
        </ul>
      </nav>
      <div class="mt-3 flex items-center justify-between gap-3 border-line pl-3 lg:mt-4 lg:flex-col lg:items-start lg:gap-1 lg:border-t lg:pt-4">
        <p class="min-w-0 text-sm break-words text-muted">
          {t("admin.signed_in_as", { name: adminName })}
        </p>
        <Button
          look="bare"
          class="px-3 text-sm lg:-ml-3"
          pending={!live.value}
          testId="admin-sign-out"
          onClick={onSignOut}
        >
          <LogOut class="size-4.5" aria-hidden="true" />
          {t("admin.sign_out")}
        </Button>
      </div>
    </div>
  );
}

function SectionLink(
  { t, section, isHere }: { t: AdminWords; section: Section; isHere: boolean },
) {
  const Icon = ICONS[section];
  return (
    <a
      href={ADMIN_PATHS[section]}
      aria-current={isHere ? "page" : undefined}
      class="flex min-h-11 items-center gap-3 rounded-xl px-3 font-medium text-muted
        hover:bg-ink/8 hover:text-ink aria-[current]:bg-accent-soft aria-[current]:font-semibold
        aria-[current]:text-ink"
      data-testid={`admin-nav-${section.replace("_", "-")}`}
    >
      <Icon class="size-5 shrink-0" aria-hidden="true" />
      {t(`admin.page_${section}`)}
    </a>
  );
}
