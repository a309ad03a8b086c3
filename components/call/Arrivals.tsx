import { useSignal, useSignalEffect } from "@preact/signals";
import { useRef } from "preact/hooks";
import type { CallState } from "../../lib/client/call/call_state.ts";
import type { RoomWords } from "../room_words.ts";

/** More than this at once would cover the stage; the count in the corner tells the rest. */
const MAX_NOTES = 3;

interface Note {
  readonly number: number;
  readonly words: string;
}

/** Who came and who went, for eyes and for screen readers. Whoever was there first is no news. */
export function Arrivals({ t, state }: { t: RoomWords; state: CallState }) {
  const notes = useSignal<readonly Note[]>([]);
  const known = useRef<ReadonlyMap<number, string> | null>(null);
  const count = useRef(0);
  useSignalEffect(() => {
    if (state.phase.value !== "connected") return;
    const present = new Map(
      state.others.value.map((each) => [each.id, each.participant.peek().user_name]),
    );
    const before = known.current ?? present;
    known.current = present;
    const came = [...present].filter(([id]) => !before.has(id));
    const went = [...before].filter(([id]) => !present.has(id));
    const words = [
      ...came.map(([, name]) => t("call.joined", { name })),
      ...went.map(([, name]) => t("call.left", { name })),
    ];
    if (words.length === 0) return;
    const fresh = words.map((each) => ({ number: ++count.current, words: each }));
    notes.value = [...notes.peek(), ...fresh].slice(-MAX_NOTES);
  });
  const drop = (note: Note) => notes.value = notes.value.filter((each) => each !== note);
  return (
    <div
      role="log"
      aria-live="polite"
      class="flex max-w-full flex-col items-center gap-2"
    >
      {notes.value.map((note) => (
        <p
          key={note.number}
          class="animate-notice max-w-full truncate rounded-xl bg-black/70 px-4 py-2 text-sm font-medium text-white"
          onAnimationEnd={() => drop(note)}
        >
          {note.words}
        </p>
      ))}
    </div>
  );
}
