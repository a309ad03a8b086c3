/** What the rest of the client may know of this person's own devices. */
import type { ReadonlySignal } from "@preact/signals";

/** Why a device is not there. `insecure`: the page is not served over https or localhost. */
export type DeviceProblem = "denied" | "not_found" | "busy" | "insecure" | "unknown";

export interface DeviceChoice {
  readonly id: string;
  /** Empty until permission is given. */
  readonly label: string;
}

/** Signals are written by `LocalMedia` only. Commands never throw: problems land in signals. */
export interface LocalMediaView {
  /** The person wants the microphone open and it captures. */
  readonly microphoneOn: ReadonlySignal<boolean>;
  readonly cameraOn: ReadonlySignal<boolean>;
  readonly screenOn: ReadonlySignal<boolean>;
  /** For self-view and preview; null while the camera is off. */
  readonly cameraStream: ReadonlySignal<MediaStream | null>;
  readonly screenStream: ReadonlySignal<MediaStream | null>;
  readonly microphoneProblem: ReadonlySignal<DeviceProblem | null>;
  readonly cameraProblem: ReadonlySignal<DeviceProblem | null>;
  /** False until the first answer of the browser about devices, good or bad. */
  readonly ready: ReadonlySignal<boolean>;
  readonly cameras: ReadonlySignal<readonly DeviceChoice[]>;
  readonly microphones: ReadonlySignal<readonly DeviceChoice[]>;
  /** Empty where the browser cannot choose an output (Safari, Firefox on Android). */
  readonly speakers: ReadonlySignal<readonly DeviceChoice[]>;
  readonly cameraId: ReadonlySignal<string>;
  readonly microphoneId: ReadonlySignal<string>;
  readonly speakerId: ReadonlySignal<string>;
  /** Microphone level, 0 to 1, about 12 times a second; 0 while muted. */
  readonly level: ReadonlySignal<number>;

  setMicrophone(on: boolean): Promise<void>;
  setCamera(on: boolean): Promise<void>;
  chooseMicrophone(id: string): Promise<void>;
  chooseCamera(id: string): Promise<void>;
  chooseSpeaker(id: string): void;
}
