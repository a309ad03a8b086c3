import { useComputed, useSignal } from "@preact/signals";
import { MonitorUp } from "lucide-preact";
import type { CallState } from "../../lib/client/call/call_state.ts";
import type { LocalMediaView } from "../../lib/client/media/local_media_types.ts";
import { fillsTile, type Rect } from "../../lib/shared/domain/layout.ts";
import { Video } from "../ui/Video.tsx";
import type { RoomWords } from "../room_words.ts";
import { Faceless } from "./Faceless.tsx";
import { NamePlate } from "./NamePlate.tsx";
import { placeAt, tileClass } from "./place.ts";
import { SpeakingRing } from "./SpeakingRing.tsx";

interface SelfViewProps {
  t: RoomWords;
  media: LocalMediaView;
  state: CallState;
  person: { id: number; name: string };
  rect: Rect;
  /** Floats over the others instead of standing among them. */
  floating: boolean;
}

/** One's own picture, as in a mirror. */
export function SelfView({ t, media, state, person, rect, floating }: SelfViewProps) {
  const stream = media.cameraStream.value;
  const self = state.self.value;
  const aspect = useSignal(4 / 3);
  const speaking = useComputed(() =>
    state.others.value.length > 0 && state.activeSpeaker.value !== null &&
    state.activeSpeaker.value === state.self.value?.participant_id
  );
  const fit = fillsTile(aspect.value, rect.width / rect.height) ? "object-cover" : "object-contain";
  return (
    <article
      class={`bg-surface ${tileClass(state.calm.value)} ${
        floating ? "z-2 shadow-lg shadow-black/50 ring-1 ring-white/15" : ""
      }`}
      style={placeAt(rect)}
      aria-label={t("call.you")}
      data-testid="self-view"
      data-participant-id={self?.participant_id}
    >
      {stream === null && <Faceless name={person.name} id={person.id} rect={rect} />}
      <Video
        stream={stream}
        class={`absolute inset-0 size-full ${fit} ${stream === null ? "opacity-0" : ""}
          ${facesAway(stream) ? "" : "-scale-x-100"}`}
        onAspect={(value) => aspect.value = value}
      />
      {media.screenOn.value && <SharingNote t={t} small={floating} />}
      <NamePlate
        t={t}
        name={floating ? t("call.you") : t("call.you_named", { name: person.name })}
        muted={!media.microphoneOn.value}
        handRaised={self?.is_hand_raised}
      />
      <SpeakingRing speaking={speaking} />
    </article>
  );
}

/** A phone's rear camera shows the world: mirrored writing could not be read. */
function facesAway(stream: MediaStream | null): boolean {
  return stream?.getVideoTracks()[0]?.getSettings().facingMode === "environment";
}

function SharingNote({ t, small }: { t: RoomWords; small: boolean }) {
  return (
    <p class="absolute top-2 left-2 flex items-center gap-1.5 rounded-lg bg-accent px-2 py-1 text-sm font-medium text-accent-ink">
      <MonitorUp class="size-4" aria-hidden="true" />
      <span class={small ? "sr-only" : ""}>{t("call.your_screen")}</span>
    </p>
  );
}
