import { useSignal } from "@preact/signals";
import type { RecordingWords } from "./recording_words.ts";

interface PlayerProps {
  t: RecordingWords;
  /** Of the room. */
  name: string;
  /** Address of the recording; the film and the picture are below it. */
  address: string;
  hasThumbnail: boolean;
}

/** Shows a recording, read piece by piece as it is watched. Begins at once: it was asked for. */
export function Player({ t, name, address, hasThumbnail }: PlayerProps) {
  const fails = useSignal(false);
  return (
    <div class="col-span-full">
      <video
        class="max-h-[70dvh] w-full rounded-2xl bg-black"
        controls
        autoPlay
        playsInline
        preload="metadata"
        src={`${address}/file?inline=1`}
        poster={hasThumbnail ? `${address}/thumbnail?inline=1` : undefined}
        aria-label={t("recordings.player", { name })}
        data-testid="recording-player"
        onError={() => fails.value = true}
      />
      {fails.value && (
        <p role="alert" class="mt-2 text-sm text-muted" data-testid="recording-player-failed">
          {t("recordings.cannot_play")}
        </p>
      )}
    </div>
  );
}
