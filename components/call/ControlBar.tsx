import {
  Gauge,
  Hand,
  Mic,
  MicOff,
  MonitorUp,
  MonitorX,
  Phone,
  Video,
  VideoOff,
} from "lucide-preact";
import type { CallCommands, CallState } from "../../lib/client/call/call_state.ts";
import type { LocalMediaView } from "../../lib/client/media/local_media_types.ts";
import { ControlButton } from "../ui/ControlButton.tsx";
import type { RoomWords } from "../room_words.ts";

/** What this browser can do and how its keys are called. */
export interface Surroundings {
  readonly canShareScreen: boolean;
  /** The key held for shortcuts. */
  readonly modifier: "Ctrl" | "⌘";
}

interface ControlBarProps {
  t: RoomWords;
  state: CallState;
  commands: CallCommands;
  media: LocalMediaView;
  surroundings: Surroundings;
  /** The person reached for a device: if it is not there, say why. */
  onDevice: () => void;
  onQuality: () => void;
}

export function ControlBar(props: ControlBarProps) {
  const { t, state, commands, media, surroundings } = props;
  const raised = state.self.value?.is_hand_raised ?? false;
  const screenLocked = state.self.value?.is_screen_locked ?? false;
  return (
    <div role="toolbar" aria-label={t("call.controls")} class="flex justify-center gap-2 sm:gap-3">
      <DeviceButtons {...props} />
      {surroundings.canShareScreen && (
        <ControlButton
          icon={media.screenOn.value ? MonitorX : MonitorUp}
          label={screenLocked
            ? t("moderation.screen_locked")
            : t(media.screenOn.value ? "call.stop_sharing" : "call.share_screen")}
          look={media.screenOn.value ? "active" : "rest"}
          pressed={media.screenOn.value}
          locked={screenLocked}
          testId="control-screen"
          onClick={() => void commands.toggleScreenShare()}
        />
      )}
      <ControlButton
        icon={Hand}
        label={t(raised ? "call.lower_hand" : "call.raise_hand")}
        look={raised ? "active" : "rest"}
        pressed={raised}
        testId="control-hand"
        onClick={() =>
          commands.raiseHand(!raised)}
      />
      <ControlButton
        icon={Gauge}
        label={t("quality.open")}
        look={state.quality.choice.value === "auto" ? "rest" : "active"}
        testId="control-quality"
        onClick={props.onQuality}
      />
      <ControlButton
        icon={Phone}
        label={t("call.leave")}
        look="stop"
        class="ml-2 sm:ml-4 sm:w-18 [&_svg]:rotate-[135deg]"
        testId="control-leave"
        onClick={() =>
          commands.leave()}
      />
    </div>
  );
}

function DeviceButtons({ t, state, commands, media, surroundings, onDevice }: ControlBarProps) {
  const { modifier } = surroundings;
  const microphone = media.microphoneOn.value;
  const camera = media.cameraOn.value;
  const microphoneLocked = state.self.value?.is_audio_locked ?? false;
  const cameraLocked = state.self.value?.is_video_locked ?? false;
  const microphoneLabel = microphoneLocked
    ? t("moderation.microphone_locked")
    : t(microphone ? "call.mute" : "call.unmute");
  const cameraLabel = cameraLocked
    ? t("moderation.camera_locked")
    : t(camera ? "call.camera_off" : "call.camera_on");
  const aria = modifier === "⌘" ? "Meta" : "Control";
  return (
    <>
      <ControlButton
        icon={microphone ? Mic : MicOff}
        label={microphoneLabel}
        look={microphone ? "rest" : "off"}
        pressed={!microphone}
        locked={microphoneLocked}
        tip={t("call.with_keys", { action: microphoneLabel, keys: `${modifier} D` })}
        shortcut={`${aria}+D`}
        testId="control-mic"
        onClick={() => (commands.toggleMicrophone(), onDevice())}
      />
      <ControlButton
        icon={camera ? Video : VideoOff}
        label={cameraLabel}
        look={camera ? "rest" : "off"}
        pressed={!camera}
        locked={cameraLocked}
        tip={t("call.with_keys", { action: cameraLabel, keys: `${modifier} E` })}
        shortcut={`${aria}+E`}
        testId="control-camera"
        onClick={() => (commands.toggleCamera(), onDevice())}
      />
    </>
  );
}
