import type { ModerationCommands } from "../../../lib/client/call/call_state.ts";
import type { WaitingPerson } from "../../../lib/shared/protocol/moderation.ts";
import type { RoomWords } from "../../room_words.ts";
import { Avatar } from "../../ui/Avatar.tsx";
import { Button } from "../../ui/Button.tsx";
import { DoorButtons } from "../DoorButtons.tsx";

interface WaitingListProps {
  t: RoomWords;
  waiting: readonly WaitingPerson[];
  moderation: ModerationCommands;
}

/** Who is in front of the door. */
export function WaitingList({ t, waiting, moderation }: WaitingListProps) {
  if (waiting.length === 0) return null;
  return (
    <section
      class="mb-3 rounded-2xl bg-warm-soft p-2"
      aria-labelledby="waiting-title"
      data-testid="waiting-list"
    >
      <div class="flex min-h-11 items-center justify-between gap-3 pl-2">
        <h3 id="waiting-title" class="font-bold">
          {t("people.waiting_title")} <span class="font-normal text-muted">{waiting.length}</span>
        </h3>
        {waiting.length > 1 && (
          <Button testId="admit-all" onClick={() => moderation.admit(null)}>
            {t("people.admit_all")}
          </Button>
        )}
      </div>
      <ul>
        {waiting.map((person) => (
          <li
            key={person.participant_id}
            class="flex min-h-14 items-center gap-3 pl-2"
            data-testid="waiting-person"
            data-participant-id={person.participant_id}
          >
            <Avatar
              name={person.user_name}
              id={person.participant_id}
              class="size-9 shrink-0 text-sm"
            />
            <p class="min-w-0 grow leading-tight">
              <span class="block truncate font-medium">{person.user_name}</span>
              {person.is_guest && (
                <span class="block text-sm text-muted">{t("people.role_guest")}</span>
              )}
            </p>
            <DoorButtons t={t} person={person} moderation={moderation} />
          </li>
        ))}
      </ul>
    </section>
  );
}
