import { Check, X } from "lucide-preact";
import type { ModerationCommands } from "../../lib/client/call/call_state.ts";
import type { WaitingPerson } from "../../lib/shared/protocol/moderation.ts";
import type { RoomWords } from "../room_words.ts";
import { buttonClass, iconButtonClass } from "../ui/Button.tsx";

interface DoorButtonsProps {
  t: RoomWords;
  person: WaitingPerson;
  moderation: ModerationCommands;
}

/** Let one person in or not: one tap. */
export function DoorButtons({ t, person, moderation }: DoorButtonsProps) {
  const { participant_id: id, user_name: name } = person;
  return (
    <span class="flex shrink-0 gap-1.5">
      <button
        type="button"
        class={iconButtonClass("bare", "bg-white/10 hover:bg-white/18")}
        aria-label={t("people.deny_name", { name })}
        title={t("people.deny")}
        data-testid="deny"
        data-participant-id={id}
        onClick={() => moderation.deny(id)}
      >
        <X class="size-5" aria-hidden="true" />
      </button>
      <button
        type="button"
        class={buttonClass("primary", "px-3")}
        aria-label={t("people.admit_name", { name })}
        data-testid="admit"
        data-participant-id={id}
        onClick={() => moderation.admit(id)}
      >
        <Check class="size-5" aria-hidden="true" />
        {t("people.admit")}
      </button>
    </span>
  );
}
