import {
  EllipsisVertical,
  Hand,
  Lock,
  type LucideIcon,
  Mic,
  MicOff,
  MonitorUp,
  Video,
  VideoOff,
} from "lucide-preact";
import type { ComponentChildren } from "preact";
import type { CallState, RemotePerson } from "../../../lib/client/call/call_state.ts";
import type { VideoParticipant } from "../../../lib/shared/protocol/participants.ts";
import type { RoomWords } from "../../room_words.ts";
import { Avatar } from "../../ui/Avatar.tsx";
import { iconButtonClass } from "../../ui/Button.tsx";
import { ProtectionMark } from "../ProtectionMark.tsx";
import { hasOtherHost } from "./people_facts.ts";
import { actionsOn } from "./person_actions.ts";

interface RowProps {
  t: RoomWords;
  state: CallState;
  onMore: (participantId: number, anchor: DOMRect) => void;
}

interface PersonRowProps extends RowProps {
  person: RemotePerson;
  onProtection: (participantId: number) => void;
}

export function PersonRow({ person, onProtection, ...rest }: PersonRowProps) {
  const { t } = rest;
  const participant = person.participant.value;
  return (
    <Row
      {...rest}
      participant={participant}
      name={participant.user_name}
      trouble={troubleWords(t, person)}
      mark={
        <ProtectionMark
          t={t}
          name={participant.user_name}
          protection={person.protection.value}
          onOpen={() => onProtection(person.id)}
        />
      }
    />
  );
}

/** Oneself comes first. */
export function SelfRow({ name, ...rest }: RowProps & { name: string }) {
  const participant = rest.state.self.value;
  if (participant === null) return null;
  return <Row {...rest} participant={participant} name={rest.t("call.you_named", { name })} />;
}

interface FullRowProps extends RowProps {
  participant: VideoParticipant;
  name: string;
  /** What is wrong with the connection. */
  trouble?: string;
  /** How the call with them is encrypted. */
  mark?: ComponentChildren;
}

function Row({ t, state, participant, name, trouble, mark, onMore }: FullRowProps) {
  const { participant_id, role, user_id, user_name } = participant;
  const facts = { self: state.self.value, target: participant, otherHost: hasOtherHost(state) };
  const note = [role === "participant" ? "" : t(`people.role_${role}`), trouble ?? ""]
    .filter((words) => words !== "");
  return (
    <li
      class="flex min-h-14 items-center gap-3 rounded-xl pl-2"
      data-testid="person-row"
      data-participant-id={participant_id}
      data-role={role}
    >
      <Avatar name={user_name} id={user_id} class="size-9 shrink-0 text-sm" />
      <p class="min-w-0 grow leading-tight">
        <span class="block truncate font-medium">{name}</span>
        {note.length > 0 && <span class="block text-sm text-muted">{note.join(" · ")}</span>}
      </p>
      {mark}
      <States t={t} participant={participant} />
      {actionsOn(facts).length > 0
        ? (
          <button
            type="button"
            class={iconButtonClass("bare")}
            aria-label={t("people.more", { name: user_name })}
            aria-haspopup="dialog"
            data-testid="person-more"
            onClick={(event) => onMore(participant_id, event.currentTarget.getBoundingClientRect())}
          >
            <EllipsisVertical class="size-5" aria-hidden="true" />
          </button>
        )
        : <span class="w-2" />}
    </li>
  );
}

/** Hand, screen, camera and microphone at a glance. */
function States({ t, participant }: { t: RoomWords; participant: VideoParticipant }) {
  const { is_muted, is_audio_locked, is_video_enabled, is_video_locked } = participant;
  const microphone = is_muted ? (is_audio_locked ? "locked" : "off") : "on";
  const camera = is_video_enabled ? "on" : (is_video_locked ? "locked" : "off");
  return (
    <span class="flex shrink-0 items-center gap-2.5 text-muted">
      {participant.is_hand_raised && (
        <State icon={Hand} label={t("call.hand_raised")} class="text-warm" />
      )}
      {participant.is_screen_sharing && (
        <State icon={MonitorUp} label={t("people.state_screen")} class="text-accent" />
      )}
      <State
        icon={is_video_enabled ? Video : VideoOff}
        label={t(`people.state_camera_${camera}`)}
        locked={camera === "locked"}
      />
      <State
        icon={is_muted ? MicOff : Mic}
        label={t(`people.state_microphone_${microphone}`)}
        locked={microphone === "locked"}
        class={is_muted ? "text-danger" : ""}
      />
    </span>
  );
}

interface StateProps {
  icon: LucideIcon;
  label: string;
  locked?: boolean;
  class?: string;
}

function State({ icon: Icon, label, locked = false, class: classes = "" }: StateProps) {
  return (
    <span role="img" aria-label={label} title={label} class={`relative ${classes}`}>
      <Icon class="size-4.5" aria-hidden="true" />
      {locked && <Lock class="absolute -right-1.5 -bottom-1.5 size-3" aria-hidden="true" />}
    </span>
  );
}

function troubleWords(t: RoomWords, { link, participant }: RemotePerson): string | undefined {
  if (link.value === "interrupted") return t("call.person_interrupted");
  if (link.value === "connecting") return t("call.person_connecting");
  return participant.value.is_online ? undefined : t("call.person_offline");
}
