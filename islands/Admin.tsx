import { batch, useSignal } from "@preact/signals";
import { Check } from "lucide-preact";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { ConfirmDialog } from "../components/admin/ConfirmDialog.tsx";
import type { AdminDeed, Scene } from "../components/admin/scene.ts";
import { Shell } from "../components/admin/Shell.tsx";
import { View } from "../components/admin/View.tsx";
import { When } from "../components/admin/When.tsx";
import { Notice } from "../components/ui/Notice.tsx";
import {
  adminLogout,
  changeAccessPassword,
  deleteRecording,
  endRoom,
  liftBan,
  loadView,
  revokeGuestLink,
  signOutUser,
  updateSettings,
} from "../lib/client/api/admin_client.ts";
import type { Result } from "../lib/client/api/api_client.ts";
import { refreshEvery } from "../lib/client/util/refresh.ts";
import type { AdminPageName, AdminProps, AdminView } from "../lib/shared/admin_page_props.ts";
import { createTranslator, errorText } from "../lib/shared/i18n/translator.ts";
import type { ErrorBody } from "../lib/shared/protocol/errors.ts";
import type {
  ChangeAccessPassword,
  UpdateSettings,
} from "../lib/shared/protocol/admin_operations.ts";

/** Pages that show what changes while one looks. */
const LIVE_PAGES: readonly AdminPageName[] = ["overview", "rooms", "room", "recordings", "quality"];
const REFRESH_MS = 5_000;
const LOGIN_PATH = "/admin/login";

/** Every page below /admin: what the server sent, kept up to date, and what can be done there. */
export default function Admin(props: AdminProps) {
  const { locale, messages, admin, path } = props;
  const t = useMemo(() => createTranslator(locale, messages), [locale, messages]);
  const panel = usePanel(props, (error) => errorText(t, error));
  const scene: Scene = { t, locale, now: panel.now.value, ask: panel.ask };
  const view = panel.view.value;
  const asked = panel.asked.value;
  return (
    <Shell
      t={t}
      locale={locale}
      path={path}
      page={view.page}
      adminName={admin.username}
      onSignOut={panel.signOut}
    >
      {view.page !== "room" && (
        <h1 class="text-3xl font-bold tracking-tight">{t(`admin.page_${view.page}`)}</h1>
      )}
      {panel.isStale.value && <Stale scene={scene} />}
      <Done
        words={panel.done.value && t(`admin.done_${panel.done.value.kind}`, panel.done.value)}
        isAsking={asked !== null}
      />
      <View
        scene={scene}
        view={view}
        adminName={admin.username}
        onSave={panel.saveSettings}
        onChangePassword={panel.changePassword}
      />
      {asked !== null && (
        <ConfirmDialog
          t={t}
          question={t(`admin.ask_${asked.kind}`, { name: asked.name })}
          consequence={t(`admin.ask_${asked.kind}_hint`)}
          deed={t(`admin.do_${asked.kind}_long`)}
          onConfirm={panel.confirm}
          onClose={panel.forget}
        />
      )}
    </Shell>
  );
}

/**
 * What happened, announced. The button that asked for it is often gone with its row; then the
 * keyboard goes on from here.
 */
function Done({ words, isAsking }: { words: string | null; isAsking: boolean }) {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (words === null || isAsking || document.activeElement !== document.body) return;
    ref.current?.focus();
  }, [words, isAsking]);
  return (
    <div ref={ref} role="status" tabIndex={-1} class="empty:hidden" data-testid="admin-done">
      {words !== null && (
        <p class="animate-rise flex items-center gap-2.5 rounded-xl bg-accent-soft px-3.5 py-2.5 font-medium">
          <Check class="size-5 shrink-0 text-accent" aria-hidden="true" />
          <span class="min-w-0 break-words">{words}</span>
        </p>
      )}
    </div>
  );
}

function Stale({ scene }: { scene: Scene }) {
  const [before, after] = scene.t("admin.stale").split("{when}");
  const at = new Date(scene.now).toISOString();
  return (
    <Notice testId="admin-stale">
      {before}
      <When scene={scene} at={at} exact />
      {after}
    </Notice>
  );
}

type Explain = (error: ErrorBody) => string;

/** What the page shows, asked for again every few seconds where it changes by itself. */
function useFreshView({ now: sentAt, view: sent }: AdminProps, explain: Explain) {
  const view = useSignal<AdminView>(sent);
  // The server's clock, carried on: the one of this device may be wrong.
  const sentMs = Date.parse(sentAt);
  const startedAt = useMemo(() => performance.now(), []);
  const now = useSignal(sentMs);
  const isStale = useSignal(false);
  const refresh = async () => {
    const answer = await loadView(view.peek());
    if (!answer.ok) explain(answer.error);
    batch(() => {
      isStale.value = !answer.ok;
      if (!answer.ok) return;
      view.value = answer.value;
      now.value = sentMs + performance.now() - startedAt;
    });
  };
  useEffect(() => {
    if (sent.page === "overview" && sent.status === null) void refresh();
    return LIVE_PAGES.includes(sent.page) ? refreshEvery(REFRESH_MS, refresh) : undefined;
  }, []);
  return { view, now, isStale, refresh };
}

function usePanel(props: AdminProps, words: Explain) {
  const explain = (error: ErrorBody) => explainOrLeave(error, props.path, words);
  const fresh = useFreshView(props, explain);
  const asked = useSignal<AdminDeed | null>(null);
  const done = useSignal<AdminDeed | null>(null);
  const ask = (deed: AdminDeed | null) =>
    batch(() => {
      done.value = null;
      asked.value = deed;
    });
  const confirm = async (): Promise<string | null> => {
    const deed = asked.peek();
    if (deed === null) return null;
    const answer = await perform(deed);
    if (!answer.ok) return explain(answer.error);
    if (deed.kind === "sign_out_admin") {
      location.assign(LOGIN_PATH);
      return null;
    }
    done.value = deed;
    await fresh.refresh();
    return null;
  };
  return {
    ...fresh,
    asked,
    done,
    ask,
    confirm,
    forget: () => asked.value = null,
    saveSettings: async (changes: UpdateSettings) => {
      const answer = await updateSettings(changes);
      if (!answer.ok) return explain(answer.error);
      fresh.view.value = { page: "settings", answer: answer.value };
      return null;
    },
    changePassword: async (change: ChangeAccessPassword) => {
      const answer = await changeAccessPassword(change);
      return answer.ok ? answer.value : explain(answer.error);
    },
    signOut: () => void adminLogout().then(() => location.assign(LOGIN_PATH)),
  };
}

function perform(deed: AdminDeed): Promise<Result<void>> {
  switch (deed.kind) {
    case "end_room":
      return endRoom(deed.id);
    case "revoke_link":
      return revokeGuestLink(deed.id);
    case "lift_ban":
      return liftBan(deed.id);
    case "delete_recording":
      return deleteRecording(deed.id);
    case "sign_out_user":
      return signOutUser(deed.id);
    case "sign_out_admin":
      return adminLogout({ everywhere: true });
    default:
      return deed satisfies never;
  }
}

/** Where the session is over, the browser goes to sign in and comes back afterwards. */
function explainOrLeave(error: ErrorBody, path: string, words: Explain): string {
  if (error.error_code === "UNAUTHORIZED" || error.error_code === "SESSION_EXPIRED") {
    location.assign(`${LOGIN_PATH}?next=${encodeURIComponent(path)}`);
  }
  return words(error);
}
