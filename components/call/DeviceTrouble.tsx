import { type ReadonlySignal, useSignal, useSignalEffect } from "@preact/signals";
import { TriangleAlert } from "lucide-preact";
import { useRef } from "preact/hooks";
import type { LocalMediaView } from "../../lib/client/media/local_media_types.ts";
import { deviceProblems } from "../lobby/problems.ts";
import type { RoomWords } from "../room_words.ts";

interface DeviceTroubleProps {
  t: RoomWords;
  media: LocalMediaView;
  /** Counts how often the person reached for a device. */
  asked: ReadonlySignal<number>;
}

/**
 * Why a device is not there: when that changes, and whenever the person reaches for it. Not at the
 * beginning: the lobby has said it already.
 */
export function DeviceTrouble({ t, media, asked }: DeviceTroubleProps) {
  const notice = useSignal(0);
  const count = useRef(-1);
  useSignalEffect(() => {
    const isTrouble = asked.value >= 0 &&
      (media.cameraProblem.value !== null || media.microphoneProblem.value !== null);
    count.current++;
    notice.value = isTrouble ? count.current : 0;
  });
  const problems = deviceProblems(t, media.cameraProblem.value, media.microphoneProblem.value);
  return (
    <div role="status">
      {notice.value > 0 && (
        <p
          key={notice.value}
          class="animate-notice flex max-w-md items-start gap-2 rounded-xl bg-danger-soft px-4 py-2 text-sm"
          data-testid="device-trouble"
          onAnimationEnd={() => notice.value = 0}
        >
          <TriangleAlert class="mt-0.5 size-4 shrink-0 text-danger" aria-hidden="true" />
          {problems.join(" ")}
        </p>
      )}
    </div>
  );
}
