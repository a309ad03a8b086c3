import { type ReadonlySignal, useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { LoaderCircle, Lock, UserPlus, Users, WifiOff } from "lucide-preact";
import type { CallCommands, CallState } from "../../lib/client/call/call_state.ts";
import type { LocalMediaView } from "../../lib/client/media/local_media_types.ts";
import { Button, buttonClass } from "../ui/Button.tsx";
import type { RoomWords } from "../room_words.ts";
import { Arrivals } from "./Arrivals.tsx";
import { CallLock } from "./CallLock.tsx";
import { ChatButton } from "./chat/ChatButton.tsx";
import { ChatToast } from "./chat/ChatToast.tsx";
import { ControlBar, type Surroundings } from "./ControlBar.tsx";
import { DeviceTrouble } from "./DeviceTrouble.tsx";
import { ModerationNotices } from "./ModerationNotices.tsx";
import { MutedHint } from "./MutedHint.tsx";
import { ProtectionNotices } from "./ProtectionNotices.tsx";
import { RecordingSign } from "./RecordingSign.tsx";
import { RemoteSound } from "./RemoteSound.tsx";
import { Stage } from "./Stage.tsx";
import type { OpenPerson } from "./Tile.tsx";
import { WaitingNotice } from "./WaitingNotice.tsx";
import { WeakUplink } from "./WeakUplink.tsx";

interface CallProps {
  t: RoomWords;
  roomName: string;
  person: { id: number; name: string };
  state: CallState;
  commands: CallCommands;
  media: LocalMediaView;
  surroundings: Surroundings;
  onInvite: () => void;
  /** The list of people stands beside the stage. */
  peopleShown: boolean;
  onPeople: () => void;
  /** The chat stands there. */
  chatShown: boolean;
  onChat: () => void;
  onPerson: OpenPerson;
  onQuality: () => void;
  /** Opens the view of the encryption, at one person or at all. */
  onProtection: (participantId: number | null) => void;
  /** Dialogs. */
  children?: ComponentChildren;
}

/**
 * The call fills the window and never scrolls. Phones: name and invitation above the stage, controls
 * below. Wider windows: everything in one bar, the stage gets the rest.
 */
export function Call(props: CallProps) {
  const { t, state, media } = props;
  const asked = useSignal(0);
  return (
    <main
      class="stage safe-top safe-bottom fixed inset-0 grid grid-cols-[1fr_auto] grid-rows-[auto_1fr_auto]
        gap-x-2 gap-y-2.5 overflow-hidden bg-paper text-ink md:grid-cols-[1fr_auto_1fr] md:grid-rows-[1fr_auto]"
      data-testid="call"
      data-phase={state.phase.value}
    >
      <Info
        t={t}
        roomName={props.roomName}
        state={state}
        peopleShown={props.peopleShown}
        onPeople={props.onPeople}
        onProtection={props.onProtection}
      />
      <Corner {...props} />
      <section
        aria-label={t("call.people")}
        class={`relative col-span-full mx-[max(0.5rem,env(safe-area-inset-left))] md:row-start-1 ${
          props.peopleShown || props.chatShown ? "md:mr-[25.5rem]" : ""
        }`}
      >
        <Stage
          t={t}
          state={state}
          media={media}
          person={props.person}
          onMore={props.onPerson}
          onProtection={props.onProtection}
        />
        <Alone t={t} state={state} onInvite={props.onInvite} />
        <Notices {...props} asked={asked} />
        <RemoteSound t={t} others={state.others.value} speakerId={media.speakerId.value} />
      </section>
      <div class="col-span-full md:col-span-1 md:col-start-2 md:row-start-2">
        <ControlBar
          t={t}
          state={state}
          commands={props.commands}
          media={media}
          surroundings={props.surroundings}
          onDevice={() => asked.value++}
          onQuality={props.onQuality}
        />
      </div>
      {props.children}
    </main>
  );
}

/** Words with those who are here, and with those who are not yet. */
function Corner({ t, state, chatShown, onChat, onInvite }: CallProps) {
  return (
    <div class="flex items-center justify-end gap-2 pr-[max(0.75rem,env(safe-area-inset-right))] md:col-start-3 md:row-start-2">
      <ChatButton t={t} chat={state.chat} shown={chatShown} onClick={onChat} />
      <button
        type="button"
        class={buttonClass(
          "bare",
          "shrink-0 bg-white/10 hover:bg-white/18 max-sm:size-11 max-sm:px-0",
        )}
        data-testid="control-share"
        onClick={onInvite}
      >
        <UserPlus class="size-5" aria-hidden="true" />
        {/* On a phone the room's name needs the place more. */}
        <span class="max-sm:sr-only">{t("call.invite")}</span>
      </button>
    </div>
  );
}

/** What there is to say, above the stage. */
function Notices(props: CallProps & { asked: ReadonlySignal<number> }) {
  const { t, state, media, asked } = props;
  return (
    <div class="pointer-events-none absolute inset-x-3 top-3 z-3 flex flex-col items-center gap-2">
      <Connection t={t} state={state} />
      <RecordingSign t={t} state={state} />
      {!props.peopleShown && (
        <WaitingNotice
          t={t}
          waiting={state.waiting.value}
          moderation={props.commands.moderation}
        />
      )}
      <ProtectionNotices t={t} state={state} onOpen={() => props.onProtection(null)} />
      <ModerationNotices t={t} state={state} />
      <MutedHint
        t={t}
        speakingWhileMuted={state.speakingWhileMuted}
        microphoneOn={media.microphoneOn}
      />
      <DeviceTrouble t={t} media={media} asked={asked} />
      <WeakUplink t={t} paused={state.quality.paused} />
      <Arrivals t={t} state={state} />
      {!props.chatShown && <ChatToast t={t} chat={state.chat} onOpen={props.onChat} />}
    </div>
  );
}

type InfoProps = Pick<
  CallProps,
  "t" | "roomName" | "state" | "peopleShown" | "onPeople" | "onProtection"
>;

function Info({ t, roomName, state, peopleShown, onPeople, onProtection }: InfoProps) {
  const count = state.others.value.length + 1;
  const waiting = state.waiting.value.length;
  const words = waiting > 0
    ? t("people.open_waiting", { count: waiting })
    : `${t("people.open")}: ${t("call.participant_count", { count })}`;
  return (
    <div class="flex min-w-0 items-center gap-2 pl-[max(1rem,env(safe-area-inset-left))] md:row-start-2">
      <h1 class="truncate font-bold tracking-tight">{roomName}</h1>
      {state.room.value?.is_locked && (
        <span role="img" aria-label={t("settings.locked")} class="shrink-0 text-warm">
          <Lock class="size-4" aria-hidden="true" />
        </span>
      )}
      <button
        type="button"
        class={buttonClass("bare", "shrink-0 gap-1.5 bg-white/10 px-3 text-sm hover:bg-white/18")}
        aria-label={words}
        aria-expanded={peopleShown}
        data-testid="control-people"
        onClick={onPeople}
      >
        <Users class="size-4.5" aria-hidden="true" />
        <span data-testid="participant-count" data-count={count}>{count}</span>
        {waiting > 0 && (
          <span class="rounded-md bg-warm px-1.5 text-[#2d1d0e]" data-testid="waiting-count">
            +{waiting}
          </span>
        )}
      </button>
      <CallLock t={t} state={state} onOpen={() => onProtection(null)} />
    </div>
  );
}

/** What mostly lasts but a moment does not flash. */
const LATE = "animate-rise [animation-delay:700ms]";

function Connection({ t, state }: Pick<CallProps, "t" | "state">) {
  const phase = state.phase.value;
  const alone = state.others.value.length === 0;
  return (
    <div role="status">
      {phase === "reconnecting" && (
        <p
          class="animate-rise flex items-center gap-2 rounded-xl bg-warm px-4 py-2 text-sm font-medium text-[#2d1d0e]"
          data-testid="connection-banner"
        >
          <WifiOff class="size-4.5 shrink-0" aria-hidden="true" />
          {t(alone ? "call.reconnecting_alone" : "call.reconnecting")}
        </p>
      )}
      {phase === "connecting" && (
        <p
          class={`${LATE} flex items-center gap-2 rounded-xl bg-black/70 px-4 py-2 text-sm text-white`}
        >
          <LoaderCircle class="size-4.5 animate-spin [animation-delay:700ms]" aria-hidden="true" />
          {t("call.connecting")}
        </p>
      )}
    </div>
  );
}

function Alone({ t, state, onInvite }: Pick<CallProps, "t" | "state" | "onInvite">) {
  if (state.phase.value !== "connected" || state.others.value.length > 0) return null;
  return (
    <div class="pointer-events-none absolute inset-x-3 bottom-12 z-2 flex justify-center">
      <div
        class={`${LATE} pointer-events-auto flex flex-wrap items-center justify-center gap-x-6 gap-y-3 rounded-2xl bg-black/70 p-4 text-white`}
      >
        <div>
          <p class="font-semibold">{t("call.alone_title")}</p>
          <p class="text-sm text-white/80">{t("call.alone_hint")}</p>
        </div>
        <Button onClick={onInvite}>{t("call.alone_invite")}</Button>
      </div>
    </div>
  );
}
