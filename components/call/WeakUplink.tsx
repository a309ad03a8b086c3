import type { ReadonlySignal } from "@preact/signals";
import { VideoOff } from "lucide-preact";
import type { Paused } from "../../lib/client/quality/quality_view.ts";
import type { RoomWords } from "../room_words.ts";

/** Stands as long as it is so: others do not see this person, who would not know it otherwise. */
export function WeakUplink({ t, paused }: { t: RoomWords; paused: ReadonlySignal<Paused> }) {
  const now = paused.value;
  return (
    <div role="status">
      {now !== "none" && (
        <p
          class="animate-rise flex max-w-md items-center gap-2 rounded-xl bg-warm px-4 py-2 text-sm font-medium text-[#2d1d0e]"
          data-testid="weak-uplink"
          data-paused={now}
        >
          <VideoOff class="size-4.5 shrink-0" aria-hidden="true" />
          {t(`quality.own_paused_${now}`)}
        </p>
      )}
    </div>
  );
}
