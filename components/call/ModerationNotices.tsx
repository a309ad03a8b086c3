import { useSignal, useSignalEffect } from "@preact/signals";
import { ShieldAlert } from "lucide-preact";
import { useRef } from "preact/hooks";
import type { CallNotice, CallState } from "../../lib/client/call/call_state.ts";
import { errorText } from "../../lib/shared/i18n/translator.ts";
import type { ErrorBody } from "../../lib/shared/protocol/errors.ts";
import type { RoomWords } from "../room_words.ts";
import { moderationWords } from "./moderation_words.ts";

const MAX_NOTES = 3;

interface Note {
  readonly number: number;
  readonly words: string;
  /** It happened to the person who reads it. */
  readonly stands: boolean;
}

/** What moderators did, and what the server would not do: short, polite, gone after a while. */
export function ModerationNotices({ t, state }: { t: RoomWords; state: CallState }) {
  const notes = useSignal<readonly Note[]>([]);
  const count = useRef(0);
  useSignalEffect(() => {
    const notice = state.notice.value;
    const said = notice && wordsOf(t, notice, state.self.peek()?.participant_id ?? 0);
    if (!said) return;
    notes.value = [...notes.peek(), { ...said, number: ++count.current }].slice(-MAX_NOTES);
  });
  const drop = (note: Note) => notes.value = notes.value.filter((each) => each !== note);
  return (
    <div role="log" aria-live="polite" class="flex max-w-full flex-col items-center gap-2">
      {notes.value.map((note) => (
        <p
          key={note.number}
          class={`animate-notice flex max-w-lg items-start gap-2 rounded-xl px-4 py-2 text-sm font-medium ${
            note.stands
              ? "bg-warm text-[#2d1d0e] [animation-duration:9s]!"
              : "bg-black/70 text-white"
          }`}
          data-testid="moderation-notice"
          data-about-self={note.stands}
          onAnimationEnd={() => drop(note)}
        >
          {note.stands && <ShieldAlert class="size-5 shrink-0" aria-hidden="true" />}
          {note.words}
        </p>
      ))}
    </div>
  );
}

/** A conflict that trying again would not solve. */
const REASONS = ["creator", "last_host"] as const;

function refusalWords(t: RoomWords, error: ErrorBody): string {
  const reason = REASONS.find((each) => each === error.reason);
  return reason === undefined ? errorText(t, error) : t(`moderation.refused_${reason}`);
}

function wordsOf(t: RoomWords, notice: CallNotice, selfId: number): Omit<Note, "number"> | null {
  switch (notice.kind) {
    case "moderation": {
      const { event, aboutSelf } = notice;
      const words = moderationWords(t, event, { selfId, aboutSelf });
      return words === null ? null : { words, stands: aboutSelf };
    }
    case "refused":
      return { words: refusalWords(t, notice.error), stands: true };
    case "locked":
      return { words: t(`moderation.locked_${notice.media}`), stands: true };
    default:
      return notice satisfies never;
  }
}
