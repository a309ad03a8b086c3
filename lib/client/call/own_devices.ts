/** This person's devices as the call treats them: locks are respected, the server is told. */
import { effect, type ReadonlySignal } from "@preact/signals";
import type { ClientMessageData, ClientMessageType } from "../../shared/protocol/messages.ts";
import type { MutedMedia } from "../../shared/protocol/moderation.ts";
import type { VideoParticipant } from "../../shared/protocol/participants.ts";
import type { LocalMedia } from "../media/local_media.ts";
import { obeyLocks } from "./obedience.ts";

export interface DevicePorts {
  send<Type extends ClientMessageType>(type: Type, data?: ClientMessageData[Type]): void;
  /** The person reached for a device that a moderator keeps off. */
  locked(media: MutedMedia): void;
}

export class OwnDevices {
  readonly #media: LocalMedia;
  readonly #self: ReadonlySignal<VideoParticipant | null>;
  readonly #ports: DevicePorts;

  constructor(
    media: LocalMedia,
    self: ReadonlySignal<VideoParticipant | null>,
    ports: DevicePorts,
  ) {
    this.#media = media;
    this.#self = self;
    this.#ports = ports;
  }

  /** From now on locks are obeyed and every change is told. @returns what ends that */
  follow(): () => void {
    const stops = [
      effect(() => obeyLocks(this.#self.value, this.#media)),
      effect(() => this.tell()),
    ];
    return () => stops.forEach((stop) => stop());
  }

  toggleMicrophone(): void {
    const on = !this.#media.microphoneOn.peek();
    if (on && this.#self.peek()?.is_audio_locked) return this.#ports.locked("audio");
    void this.#media.setMicrophone(on);
  }

  toggleCamera(): void {
    const on = !this.#media.cameraOn.peek();
    if (on && this.#self.peek()?.is_video_locked) return this.#ports.locked("video");
    void this.#media.setCamera(on);
  }

  async toggleScreenShare(): Promise<void> {
    if (this.#media.screenOn.peek()) this.#media.stopScreen();
    else if (this.#self.peek()?.is_screen_locked) this.#ports.locked("screen");
    else await this.#media.startScreen();
  }

  /** Says what the devices do; the server drops what is no news. Reads signals. */
  tell(): void {
    const { microphoneOn, cameraOn, screenOn, ready } = this.#media;
    const muted = !microphoneOn.value;
    const videoMuted = !cameraOn.value;
    const sharing = screenOn.value;
    if (!ready.value) return;
    this.#ports.send("mute-audio", { muted });
    this.#ports.send("mute-video", { muted: videoMuted });
    this.#ports.send(sharing ? "start-screen-share" : "stop-screen-share");
  }
}
