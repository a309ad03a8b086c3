import { Camera, Mic, Volume2 } from "lucide-preact";
import type { LocalMediaView } from "../../lib/client/media/local_media_types.ts";
import type { RoomWords } from "../room_words.ts";
import { DeviceSelect } from "./DeviceSelect.tsx";

/** Which camera, microphone and loudspeaker. */
export function Devices({ t, media }: { t: RoomWords; media: LocalMediaView }) {
  return (
    <fieldset class="flex flex-col gap-2">
      <legend class="sr-only">{t("lobby.devices")}</legend>
      <DeviceSelect
        icon={Camera}
        label={t("lobby.camera")}
        choices={media.cameras.value}
        chosen={media.cameraId.value}
        nameOf={(number) => t("lobby.camera_number", { number })}
        testId="lobby-camera-select"
        onChoose={(id) => void media.chooseCamera(id)}
      />
      <DeviceSelect
        icon={Mic}
        label={t("lobby.microphone")}
        choices={media.microphones.value}
        chosen={media.microphoneId.value}
        nameOf={(number) => t("lobby.microphone_number", { number })}
        testId="lobby-microphone-select"
        onChoose={(id) => void media.chooseMicrophone(id)}
      />
      {media.speakers.value.length > 0 && (
        <DeviceSelect
          icon={Volume2}
          label={t("lobby.speaker")}
          choices={media.speakers.value}
          chosen={media.speakerId.value}
          nameOf={(number) => t("lobby.speaker_number", { number })}
          testId="lobby-speaker-select"
          onChoose={(id) => media.chooseSpeaker(id)}
        />
      )}
    </fieldset>
  );
}
