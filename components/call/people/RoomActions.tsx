import { Ban, Lock, LockOpen, type LucideIcon, MicOff, PhoneOff, Settings } from "lucide-preact";
import type { CallState, ModerationCommands } from "../../../lib/client/call/call_state.ts";
import { can, type RoomAction } from "../../../lib/shared/domain/permissions.ts";
import type { RoomWords } from "../../room_words.ts";
import type { PanelDoors } from "./PeoplePanel.tsx";

interface RoomActionsProps {
  t: RoomWords;
  state: CallState;
  moderation: ModerationCommands;
  doors: PanelDoors;
}

/** What concerns everyone, or the room. */
export function RoomActions({ t, state, moderation, doors }: RoomActionsProps) {
  const role = state.self.value?.role ?? null;
  const may = (action: RoomAction) => can(role, action);
  const locked = state.room.value?.is_locked ?? false;
  return (
    <footer
      role="group"
      aria-label={t("people.manage")}
      class="grid grid-cols-2 gap-2 border-t border-line p-3 max-md:pb-[max(0.75rem,env(safe-area-inset-bottom))]"
    >
      {may("mute") && (
        <Action
          icon={MicOff}
          words={t("people.mute_all")}
          testId="mute-all"
          onClick={() => moderation.mute(null, "audio")}
        />
      )}
      {may("lock_room") && (
        <Action
          icon={locked ? LockOpen : Lock}
          words={t(locked ? "people.unlock_room" : "people.lock_room")}
          pressed={locked}
          testId="lock-room"
          onClick={() => moderation.lockRoom(!locked)}
        />
      )}
      {may("update_room") && (
        <Action
          icon={Settings}
          words={t("people.room_settings")}
          testId="room-settings"
          onClick={doors.settings}
        />
      )}
      {may("see_bans") && (
        <Action icon={Ban} words={t("people.bans")} testId="bans" onClick={doors.bans} />
      )}
      {may("end_room") && (
        <Action
          icon={PhoneOff}
          words={t("people.end")}
          class="col-span-2 text-danger"
          testId="end-for-all"
          onClick={doors.end}
        />
      )}
    </footer>
  );
}

interface ActionProps {
  icon: LucideIcon;
  words: string;
  pressed?: boolean;
  class?: string;
  testId: string;
  onClick: () => void;
}

function Action({ icon: Icon, words, pressed, class: classes = "", testId, onClick }: ActionProps) {
  return (
    <button
      type="button"
      class={`flex min-h-12 items-center gap-2.5 rounded-xl bg-white/8 px-3 py-1.5 text-left text-sm leading-tight font-medium hover:bg-white/14 aria-pressed:bg-warm aria-pressed:text-[#2d1d0e] ${classes}`}
      aria-pressed={pressed}
      data-testid={testId}
      onClick={onClick}
    >
      <Icon class="size-5 shrink-0" aria-hidden="true" />
      {words}
    </button>
  );
}
