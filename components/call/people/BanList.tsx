import type { HostDeskView } from "../../../lib/client/call/host_desk.ts";
import { formatMoment } from "../../../lib/shared/i18n/format.ts";
import type { Locale } from "../../../lib/shared/i18n/locale.ts";
import { errorText } from "../../../lib/shared/i18n/translator.ts";
import type { RoomWords } from "../../room_words.ts";
import { Button } from "../../ui/Button.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { Sheet } from "../../ui/Sheet.tsx";

interface BanListProps {
  t: RoomWords;
  locale: Locale;
  desk: HostDeskView;
  onClose: () => void;
}

/** Who may not come back, and the way to forgive. */
export function BanList({ t, locale, desk, onClose }: BanListProps) {
  const bans = desk.bans.value;
  const problem = desk.problem.value;
  return (
    <Sheet
      title={t("people.bans")}
      closeLabel={t("common.close")}
      testId="ban-list"
      onClose={onClose}
    >
      {problem && <Notice>{errorText(t, problem)}</Notice>}
      {bans === null && !problem && <p class="text-muted" role="status">{t("people.loading")}</p>}
      {bans?.length === 0 && <p class="text-muted">{t("people.bans_none")}</p>}
      <ul class="divide-y divide-line">
        {bans?.map(({ ban_id, user_name, reason, banned_by_name, banned_at }) => (
          <li
            key={ban_id}
            class="flex items-center justify-between gap-4 py-2.5"
            data-testid="ban-row"
          >
            <div class="min-w-0">
              <p class="truncate font-medium">{user_name}</p>
              <p class="text-sm text-muted">
                {t("people.banned_by", {
                  name: banned_by_name,
                  date: formatMoment(locale, banned_at),
                })}
              </p>
              {reason !== "" && <p class="mt-1 text-sm break-words">{reason}</p>}
            </div>
            <Button
              look="quiet"
              class="shrink-0"
              disabled={desk.busy.value}
              label={t("people.unban_name", { name: user_name })}
              testId="unban"
              onClick={() => void desk.unban(ban_id)}
            >
              {t("people.unban")}
            </Button>
          </li>
        ))}
      </ul>
    </Sheet>
  );
}
