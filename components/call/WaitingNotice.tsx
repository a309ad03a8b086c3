import type { ModerationCommands } from "../../lib/client/call/call_state.ts";
import type { WaitingPerson } from "../../lib/shared/protocol/moderation.ts";
import type { RoomWords } from "../room_words.ts";
import { Button } from "../ui/Button.tsx";
import { DoorButtons } from "./DoorButtons.tsx";

interface WaitingNoticeProps {
  t: RoomWords;
  waiting: readonly WaitingPerson[];
  moderation: ModerationCommands;
}

/** Somebody knocks: stays until it is answered, makes no sound. */
export function WaitingNotice({ t, waiting, moderation }: WaitingNoticeProps) {
  const [first] = waiting;
  const more = waiting.length - 1;
  return (
    <div class="pointer-events-auto max-w-full">
      <p role="status" class="sr-only">
        {first && t("people.wants_in", { name: first.user_name })}
      </p>
      {first && (
        <div
          class="animate-rise flex max-w-full flex-col gap-2 rounded-2xl border border-line bg-surface p-2.5 pl-4 shadow-lg shadow-black/40"
          data-testid="waiting-notice"
        >
          <div class="flex items-center gap-4">
            <p class="min-w-0 grow leading-tight" aria-hidden="true">
              <span class="block truncate font-semibold">{first.user_name}</span>
              <span class="block text-sm text-muted">{t("people.wants_in_short")}</span>
            </p>
            <DoorButtons t={t} person={first} moderation={moderation} />
          </div>
          {more > 0 && (
            <div class="flex items-center justify-between gap-4 border-t border-line pt-2">
              <p class="text-sm text-muted">{t("people.and_more", { count: more })}</p>
              <Button look="quiet" testId="admit-all" onClick={() => moderation.admit(null)}>
                {t("people.admit_all")}
              </Button>
            </div>
          )}
        </div>
      )}
    </div>
  );
}
