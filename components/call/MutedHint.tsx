import { useSignal, useSignalEffect } from "@preact/signals";
import { MicOff } from "lucide-preact";
import type { CallState } from "../../lib/client/call/call_state.ts";
import type { LocalMediaView } from "../../lib/client/media/local_media_types.ts";
import type { RoomWords } from "../room_words.ts";

interface MutedHintProps {
  t: RoomWords;
  speakingWhileMuted: CallState["speakingWhileMuted"];
  microphoneOn: LocalMediaView["microphoneOn"];
}

/** Stays for a few seconds: words come with pauses between them. */
export function MutedHint({ t, speakingWhileMuted, microphoneOn }: MutedHintProps) {
  const shown = useSignal(false);
  useSignalEffect(() => {
    if (microphoneOn.value) shown.value = false;
    else if (speakingWhileMuted.value) shown.value = true;
  });
  return (
    <div role="status">
      {shown.value && (
        <p
          class="animate-notice flex items-center gap-2 rounded-xl bg-[#f3d8d3] px-4 py-2 text-sm font-medium text-[#7d1a0f]"
          data-testid="muted-hint"
          onAnimationEnd={() => shown.value = false}
        >
          <MicOff class="size-4.5 shrink-0" aria-hidden="true" />
          {t("call.muted_hint")}
        </p>
      )}
    </div>
  );
}
