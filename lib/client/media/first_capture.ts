/** The first look of camera and microphone: what the person had on last time. */
import { captureP } from "../../shared/domain/quality_choice.ts";
import { captureBoth, type Captured, captureMicrophone } from "./devices.ts";
import { loadPreferences, type MediaPreferences } from "./preferences.ts";

export class FirstCapture {
  readonly preferences: MediaPreferences = loadPreferences();
  readonly audio: Promise<Captured>;
  /** Null: the person had the camera off. */
  readonly video: Promise<Captured> | null;

  constructor() {
    const { microphoneId, cameraOn, cameraId, quality } = this.preferences;
    if (cameraOn) {
      const both = captureBoth(microphoneId, { id: cameraId, p: captureP(quality) });
      this.audio = both.then(({ audio }) => audio);
      this.video = both.then(({ video }) => video);
    } else {
      this.audio = captureMicrophone(microphoneId);
      this.video = null;
    }
  }
}
