import { useSignal, useSignalEffect } from "@preact/signals";
import { ShieldAlert } from "lucide-preact";
import { useRef } from "preact/hooks";
import type { CallState, Protection, RemotePerson } from "../../lib/client/call/call_state.ts";
import type { RoomWords } from "../room_words.ts";

interface ProtectionNoticesProps {
  t: RoomWords;
  state: CallState;
  onOpen: () => void;
}

/** Never silent: with whom encryption failed, for as long as it is so; who cannot do it, once. */
export function ProtectionNotices({ t, state, onOpen }: ProtectionNoticesProps) {
  const failed = state.others.value.filter((each) => each.protection.value.kind === "failed");
  return (
    <>
      <div role="alert" class="flex max-w-full flex-col items-center gap-2">
        {failed.map((person) => (
          <div
            key={person.id}
            class="animate-rise pointer-events-auto flex max-w-xl items-center gap-3 rounded-xl bg-[#7a1f10] py-1.5 pr-1.5 pl-4 text-sm font-medium text-white"
            data-testid="encryption-alarm"
            data-participant-id={person.id}
          >
            <ShieldAlert class="size-5 shrink-0" aria-hidden="true" />
            <p>{alarmWords(t, person)}</p>
            <button
              type="button"
              class="min-h-11 shrink-0 rounded-lg px-3 font-semibold hover:bg-white/15"
              onClick={onOpen}
            >
              {t("protection.details")}
            </button>
          </div>
        ))}
      </div>
      <Unprotected t={t} state={state} />
    </>
  );
}

function alarmWords(t: RoomWords, { participant, protection }: RemotePerson): string {
  const { user_name: name } = participant.value;
  const now = protection.value;
  const reason = now.kind === "failed" ? now.reason : null;
  if (reason === "bypassed" || reason === "unreadable") {
    return t(`protection.alarm_${reason}`, { name });
  }
  return t("protection.alarm", { name });
}

interface Note {
  readonly key: string;
  readonly words: string;
}

/** More would cover a phone's screen; the others wait their turn. */
const MAX_AT_ONCE = 2;

/** Once for each person; a browser that cannot encrypt itself says so once. */
function Unprotected({ t, state }: Pick<ProtectionNoticesProps, "t" | "state">) {
  const notes = useSignal<readonly Note[]>([]);
  const said = useRef(new Set<string>());
  useSignalEffect(() => {
    const fresh = state.others.value.flatMap((person) => noteOf(t, person) ?? [])
      .filter(({ key }) => !said.current.has(key));
    const first = [...new Map(fresh.map((note) => [note.key, note])).values()];
    if (first.length === 0) return;
    for (const { key } of first) said.current.add(key);
    notes.value = [...notes.peek(), ...first];
  });
  const drop = (note: Note) => notes.value = notes.value.filter((each) => each !== note);
  return (
    <div role="log" aria-live="polite" class="flex max-w-full flex-col items-center gap-2">
      {notes.value.slice(0, MAX_AT_ONCE).map((note) => (
        <p
          key={note.key}
          class="animate-notice flex max-w-lg items-start gap-2 rounded-xl bg-warm px-4 py-2 text-sm font-medium text-[#2d1d0e] [animation-duration:12s]!"
          data-testid="encryption-notice"
          onAnimationEnd={() => drop(note)}
        >
          <ShieldAlert class="size-5 shrink-0" aria-hidden="true" />
          {note.words}
        </p>
      ))}
    </div>
  );
}

function noteOf(t: RoomWords, { id, participant, protection }: RemotePerson): Note | null {
  const now: Protection = protection.value;
  if (now.kind !== "transport" && now.kind !== "refused") return null;
  const prefix = now.kind === "transport" ? "notice_transport" : "veil_refused";
  const words = t(`protection.${prefix}_${now.lacking}`, {
    name: participant.peek().user_name,
  });
  return { key: now.lacking === "self" ? `self ${now.kind}` : `${id} ${now.kind}`, words };
}
