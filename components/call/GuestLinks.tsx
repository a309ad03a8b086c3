import { useSignal } from "@preact/signals";
import type { HostDeskView } from "../../lib/client/call/host_desk.ts";
import { formatMoment } from "../../lib/shared/i18n/format.ts";
import type { Locale } from "../../lib/shared/i18n/locale.ts";
import { errorText } from "../../lib/shared/i18n/translator.ts";
import type { GuestLink } from "../../lib/shared/protocol/auth.ts";
import { Button } from "../ui/Button.tsx";
import { Disclosure } from "../ui/Disclosure.tsx";
import { Notice } from "../ui/Notice.tsx";
import type { RoomWords } from "../room_words.ts";

interface GuestLinksProps {
  t: RoomWords;
  locale: Locale;
  desk: HostDeskView;
}

/** The links that were made for this room, and the way to take one back. */
export function GuestLinks({ t, locale, desk }: GuestLinksProps) {
  const links = desk.links.value;
  const problem = desk.problem.value;
  return (
    <Disclosure title={t("settings.links")} testId="guest-links">
      {problem && <Notice>{errorText(t, problem)}</Notice>}
      {links?.length === 0 && <p class="text-muted">{t("settings.links_none")}</p>}
      <ul class="divide-y divide-line">
        {links?.map((link) => (
          <Row key={link.link_id} t={t} locale={locale} desk={desk} link={link} />
        ))}
      </ul>
    </Disclosure>
  );
}

function Row({ t, locale, desk, link }: GuestLinksProps & { link: GuestLink }) {
  const asking = useSignal(false);
  const { link_id, user_name } = link;
  const state = stateOf(link, Date.now());
  return (
    <li
      class="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-2.5"
      data-testid="guest-link-row"
      data-link-id={link_id}
      data-state={state ?? "works"}
    >
      <div class={`min-w-0 ${state === null ? "" : "opacity-60"}`}>
        <p class="truncate font-medium">
          {user_name === null
            ? t("settings.link_for_anyone")
            : t("settings.link_for", { name: user_name })}
        </p>
        <p class="text-sm text-muted">{factsOf(t, locale, link, state)}</p>
      </div>
      {state === null && !asking.value && (
        <Button
          look="quiet"
          testId="revoke-link"
          onClick={() => asking.value = true}
        >
          {t("settings.revoke")}
        </Button>
      )}
      {state === null && asking.value && (
        <Question
          t={t}
          busy={desk.busy.value}
          onCancel={() => asking.value = false}
          onConfirm={() => void desk.revokeLink(link_id)}
        />
      )}
    </li>
  );
}

interface QuestionProps {
  t: RoomWords;
  busy: boolean;
  onCancel: () => void;
  onConfirm: () => void;
}

function Question({ t, busy, onCancel, onConfirm }: QuestionProps) {
  return (
    <div class="w-full rounded-xl bg-danger-soft p-3" role="group">
      <p class="text-sm">{t("settings.revoke_hint")}</p>
      <div class="mt-2 flex flex-wrap justify-end gap-2">
        <Button look="quiet" onClick={onCancel}>{t("people.cancel")}</Button>
        <Button look="danger" disabled={busy} testId="revoke-confirm" onClick={onConfirm}>
          {t("settings.revoke")}
        </Button>
      </div>
    </div>
  );
}

type LinkState = "revoked" | "over" | "spent";

/** Why it does not work any more; null: it does. */
function stateOf(link: GuestLink, nowMs: number): LinkState | null {
  if (link.revoked_at !== null) return "revoked";
  if (Date.parse(link.expires_at) <= nowMs) return "over";
  return link.max_uses !== null && link.uses >= link.max_uses ? "spent" : null;
}

function factsOf(t: RoomWords, locale: Locale, link: GuestLink, state: LinkState | null): string {
  const { uses, max_uses: max, expires_at } = link;
  const used = max === null
    ? t("settings.link_used", { count: uses })
    : t("settings.link_used_of", { uses, max });
  const fate = state === null
    ? t("settings.link_until", { date: formatMoment(locale, expires_at) })
    : t(`settings.link_${state}`);
  return `${used}, ${fate}`;
}
