import { useSignal } from "@preact/signals";
import {
  Ban,
  Crown,
  type LucideIcon,
  Mic,
  MicOff,
  MonitorUp,
  MonitorX,
  Shield,
  User,
  UserMinus,
  Video,
  VideoOff,
} from "lucide-preact";
import type { CallState, ModerationCommands } from "../../../lib/client/call/call_state.ts";
import type { RoomWords } from "../../room_words.ts";
import { Sheet } from "../../ui/Sheet.tsx";
import { BanForm, RemoveForm } from "./Goodbyes.tsx";
import { findPerson, hasOtherHost } from "./people_facts.ts";
import { actionsOn, type PersonAction } from "./person_actions.ts";

interface PersonMenuProps {
  t: RoomWords;
  state: CallState;
  moderation: ModerationCommands;
  participantId: number;
  /** The button that was pressed. */
  anchor: DOMRect;
  onClose: () => void;
}

const ICONS: Record<PersonAction, LucideIcon> = {
  mute: MicOff,
  lock_audio: MicOff,
  unlock_audio: Mic,
  stop_video: VideoOff,
  unlock_video: Video,
  stop_screen: MonitorX,
  unlock_screen: MonitorUp,
  role_host: Crown,
  role_moderator: Shield,
  role_participant: User,
  role_guest: User,
  remove: UserMinus,
  ban: Ban,
};

/** What can be done to one person, one tap each; what sends them away asks first. */
export function PersonMenu({ t, state, moderation, participantId, ...rest }: PersonMenuProps) {
  const asking = useSignal<"remove" | "ban" | null>(null);
  const target = findPerson(state, participantId);
  if (target === undefined) return null;
  const { onClose } = rest;
  const name = target.user_name;
  const choose = (action: PersonAction) => {
    if (action === "remove" || action === "ban") return asking.value = action;
    carryOut(action, target.participant_id, moderation);
    onClose();
  };
  const step = asking.value;
  return (
    <Sheet
      {...rest}
      title={step === null ? name : t(`people.${step}_title`, { name })}
      closeLabel={t("common.close")}
      testId="person-menu"
      class="md:w-84"
    >
      {step === null && (
        <ul class="-mx-3 -mb-2 flex flex-col">
          {actionsOn({ self: state.self.value, target, otherHost: hasOtherHost(state) }).map((
            action,
          ) => (
            <li key={action}>
              <ActionButton t={t} action={action} onClick={() => choose(action)} />
            </li>
          ))}
        </ul>
      )}
      {step === "remove" && (
        <RemoveForm
          t={t}
          onCancel={onClose}
          onConfirm={() => (moderation.remove(participantId), onClose())}
        />
      )}
      {step === "ban" && (
        <BanForm
          t={t}
          onCancel={onClose}
          onConfirm={(reason) => (moderation.ban(participantId, reason), onClose())}
        />
      )}
    </Sheet>
  );
}

interface ActionButtonProps {
  t: RoomWords;
  action: PersonAction;
  onClick: () => void;
}

function ActionButton({ t, action, onClick }: ActionButtonProps) {
  const Icon = ICONS[action];
  const isGoodbye = action === "remove" || action === "ban";
  return (
    <button
      type="button"
      class={`flex min-h-12 w-full items-center gap-3 rounded-xl px-3 text-left font-medium hover:bg-ink/8 ${
        isGoodbye ? "text-danger" : ""
      }`}
      data-testid={`action-${action.replaceAll("_", "-")}`}
      onClick={onClick}
    >
      <Icon class="size-5 shrink-0" aria-hidden="true" />
      {t(`people.do_${action}`)}
    </button>
  );
}

function carryOut(action: PersonAction, id: number, moderation: ModerationCommands): void {
  switch (action) {
    case "mute":
      return moderation.mute(id, "audio");
    case "stop_video":
      return moderation.mute(id, "video");
    case "stop_screen":
      return moderation.mute(id, "screen");
    case "lock_audio":
      return moderation.lock(id, "audio");
    case "unlock_audio":
      return moderation.unlock(id, "audio");
    case "unlock_video":
      return moderation.unlock(id, "video");
    case "unlock_screen":
      return moderation.unlock(id, "screen");
    case "role_host":
      return moderation.setRole(id, "host");
    case "role_moderator":
      return moderation.setRole(id, "moderator");
    case "role_participant":
      return moderation.setRole(id, "participant");
    case "role_guest":
      return moderation.setRole(id, "guest");
    case "remove":
    case "ban":
      // Both ask first and are carried out by their forms.
      return;
    default:
      action satisfies never;
  }
}
