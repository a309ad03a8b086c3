import { CircleDot } from "lucide-preact";
import type { CallState } from "../../lib/client/call/call_state.ts";
import type { RoomWords } from "../room_words.ts";

/** Who records the call: there for everyone, for as long as it runs, and announced. */
export function RecordingSign({ t, state }: { t: RoomWords; state: CallState }) {
  const recording = state.recording.value;
  const isOwn = recording?.started_by === state.self.value?.user_id;
  return (
    <div role="status">
      {recording && (
        <p
          class="flex items-center gap-2 rounded-xl bg-stop px-3 py-1.5 text-sm font-medium text-white"
          data-testid="recording-sign"
          data-recording-id={recording.recording_id}
        >
          <CircleDot class="size-4 shrink-0" aria-hidden="true" />
          <span class="min-w-0 break-words">
            {isOwn
              ? t("call.recorded_by_you")
              : t("call.recorded_by", { name: recording.started_by_name })}
          </span>
        </p>
      )}
    </div>
  );
}
