import { Mic, MicOff, Video as Camera, VideoOff } from "lucide-preact";
import type { LocalMediaView } from "../../lib/client/media/local_media_types.ts";
import { Avatar } from "../ui/Avatar.tsx";
import { ControlButton } from "../ui/ControlButton.tsx";
import { LevelMeter } from "../ui/LevelMeter.tsx";
import { Video } from "../ui/Video.tsx";
import type { RoomWords } from "../room_words.ts";

interface PreviewProps {
  t: RoomWords;
  media: LocalMediaView;
  person: { id: number; name: string };
}

/** How others will see this person, and the two switches. */
export function Preview({ t, media, person }: PreviewProps) {
  const on = media.cameraOn.value;
  return (
    <div class="stage relative min-h-40 grow basis-0 overflow-hidden rounded-3xl bg-surface text-ink lg:landscape:aspect-4/3">
      <Video
        stream={media.cameraStream.value}
        class={`absolute inset-0 size-full -scale-x-100 object-cover transition-opacity
          ${on ? "" : "opacity-0"}`}
        label={t("lobby.preview")}
        testId="lobby-preview"
      />
      {!on && (
        <div class="absolute inset-0 flex flex-col items-center justify-center gap-4 pb-12">
          <Avatar
            name={person.name}
            id={person.id}
            class="size-20 text-3xl sm:size-28 sm:text-4xl"
          />
          <p class="text-sm text-muted">
            {t(media.ready.value ? "lobby.camera_is_off" : "lobby.starting")}
          </p>
        </div>
      )}
      <Switches t={t} media={media} />
    </div>
  );
}

function Switches({ t, media }: Pick<PreviewProps, "t" | "media">) {
  const microphone = media.microphoneOn.value;
  const camera = media.cameraOn.value;
  return (
    <div class="absolute inset-x-0 bottom-0 flex items-end justify-between bg-linear-to-t from-black/60 p-3 pt-14 sm:p-4 sm:pt-20">
      <span class="flex h-12 w-12 items-center sm:h-13">
        <LevelMeter level={media.level} label={t("lobby.level")} testId="lobby-level" />
      </span>
      <div class="flex gap-3">
        <ControlButton
          icon={microphone ? Mic : MicOff}
          label={t(microphone ? "lobby.mute" : "lobby.unmute")}
          look={microphone ? "rest" : "off"}
          pressed={!microphone}
          testId="lobby-mic"
          onClick={() => void media.setMicrophone(!microphone)}
        />
        <ControlButton
          icon={camera ? Camera : VideoOff}
          label={t(camera ? "lobby.camera_off" : "lobby.camera_on")}
          look={camera ? "rest" : "off"}
          pressed={!camera}
          testId="lobby-camera"
          onClick={() => void media.setCamera(!camera)}
        />
      </div>
      <span class="w-12" />
    </div>
  );
}
