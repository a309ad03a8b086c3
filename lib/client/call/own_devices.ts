/** This person's devices as the call treats them: locks are respected, the server is told. */
import { effect, type ReadonlySignal, signal } from "@preact/signals";
import type { ClientMessageData, ClientMessageType } from "../../shared/protocol/messages.ts";
import type { MutedMedia } from "../../shared/protocol/moderation.ts";
import type { VideoParticipant } from "../../shared/protocol/participants.ts";
import type { LocalMedia } from "../media/local_media.ts";
import type { DeviceWord } from "./device_words.ts";
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
  /** Null: this page has not touched it; the server knows from before. */
  readonly #handRaised = signal<boolean | null>(null);

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

  raiseHand(raised: boolean): void {
    this.#handRaised.value = raised;
  }

  /** The same as `tell`, for the others to hear while the server is away. Reads signals. */
  word(): DeviceWord | null {
    const { microphoneOn, cameraOn, screenOn, ready } = this.#media;
    const word = {
      is_muted: !microphoneOn.value,
      is_video_enabled: cameraOn.value,
      is_screen_sharing: screenOn.value,
      is_hand_raised: this.#handRaised.value ?? this.#self.peek()?.is_hand_raised ?? false,
    };
    return ready.value ? word : null;
  }

  /** Says what the devices do; the server drops what is no news. Reads signals. */
  tell(): void {
    const { microphoneOn, cameraOn, screenOn, ready } = this.#media;
    const muted = !microphoneOn.value;
    const videoMuted = !cameraOn.value;
    const sharing = screenOn.value;
    const raised = this.#handRaised.value;
    if (!ready.value) return;
    this.#ports.send("mute-audio", { muted });
    this.#ports.send("mute-video", { muted: videoMuted });
    this.#ports.send(sharing ? "start-screen-share" : "stop-screen-share");
    if (raised !== null) this.#ports.send("raise-hand", { raised });
  }
}
