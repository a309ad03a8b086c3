import { X } from "lucide-preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { CallState, ModerationCommands } from "../../../lib/client/call/call_state.ts";
import { can } from "../../../lib/shared/domain/permissions.ts";
import type { RoomWords } from "../../room_words.ts";
import { iconButtonClass } from "../../ui/Button.tsx";
import { PersonRow, SelfRow } from "./PersonRow.tsx";
import { RoomActions } from "./RoomActions.tsx";
import { WaitingList } from "./WaitingList.tsx";

/** What the panel opens and cannot do itself. */
export interface PanelDoors {
  readonly person: (participantId: number, anchor: DOMRect) => void;
  /** How the call with somebody is encrypted. */
  readonly protection: (participantId: number | null) => void;
  readonly settings: () => void;
  readonly bans: () => void;
  readonly end: () => void;
  readonly close: () => void;
}

interface PeoplePanelProps {
  t: RoomWords;
  state: CallState;
  moderation: ModerationCommands;
  /** As the person calls oneself. */
  name: string;
  doors: PanelDoors;
}

/** Beside the stage on wide windows, over it and in the way of everything else on phones. */
const BESIDE = "(min-width: 48rem)";

/** Everyone in the call, and what may be done with them. Loaded on demand. */
export function PeoplePanel({ t, state, moderation, name, doors }: PeoplePanelProps) {
  const ref = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    if (matchMedia(BESIDE).matches) ref.current?.show();
    else ref.current?.showModal();
  }, []);
  const self = state.self.value;
  const leads = can(self?.role ?? null, "mute");
  return (
    <dialog
      ref={ref}
      class="animate-rise z-10 flex-col overflow-y-auto overscroll-contain bg-surface p-0 text-ink open:flex
        max-md:m-0 max-md:mt-auto max-md:max-h-[85dvh] max-md:w-full max-md:max-w-full max-md:rounded-t-3xl
        md:fixed md:top-3 md:right-3 md:bottom-20 md:left-auto md:m-0 md:h-auto md:max-h-none md:w-96 md:rounded-3xl"
      aria-labelledby="people-title"
      data-testid="people-panel"
      onClose={doors.close}
      onKeyDown={(event) => event.key === "Escape" && ref.current?.close()}
      onClick={(event) => event.target === ref.current && ref.current?.close()}
    >
      <header class="flex items-center justify-between gap-4 py-3 pr-3 pl-5">
        <h2 id="people-title" class="text-xl font-bold">
          {t("people.title")}{" "}
          <span class="font-normal text-muted">{state.others.value.length + 1}</span>
        </h2>
        <button
          type="button"
          class={iconButtonClass("bare")}
          aria-label={t("common.close")}
          data-testid="people-close"
          onClick={() => ref.current?.close()}
        >
          <X class="size-5" aria-hidden="true" />
        </button>
      </header>
      {/* On a phone on its side there is no room for two: then all of it scrolls. */}
      <div class="shrink-0 grow px-3 pb-3 tall:min-h-0 tall:shrink tall:overflow-y-auto tall:overscroll-contain">
        <WaitingList t={t} waiting={state.waiting.value} moderation={moderation} />
        <ul aria-label={t("call.people")}>
          <SelfRow t={t} state={state} name={name} onMore={doors.person} />
          {state.others.value.map((person) => (
            <PersonRow
              key={person.id}
              t={t}
              state={state}
              person={person}
              onMore={doors.person}
              onProtection={doors.protection}
            />
          ))}
        </ul>
      </div>
      {leads && <RoomActions t={t} state={state} moderation={moderation} doors={doors} />}
    </dialog>
  );
}
