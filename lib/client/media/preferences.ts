/** What the person chose last time, on this browser. */
import { type QualityChoice, readQualityChoice } from "../../shared/domain/quality_choice.ts";

export interface MediaPreferences {
  microphoneOn: boolean;
  cameraOn: boolean;
  microphoneId: string;
  cameraId: string;
  speakerId: string;
  quality: QualityChoice;
}

const KEY = "vc.media";

const DEFAULTS: MediaPreferences = {
  microphoneOn: true,
  cameraOn: true,
  microphoneId: "",
  cameraId: "",
  speakerId: "",
  quality: "auto",
};

/** Only fields of the right type are taken over: the store belongs to the person, not to us. */
function sane(stored: Record<string, unknown>): Partial<MediaPreferences> {
  const entries = Object.entries(DEFAULTS)
    .filter(([name, value]) => typeof stored[name] === typeof value)
    .map(([name]) => [name, stored[name]]);
  return { ...Object.fromEntries(entries), quality: readQualityChoice(stored.quality) };
}

export function loadPreferences(): MediaPreferences {
  try {
    return { ...DEFAULTS, ...sane(JSON.parse(localStorage.getItem(KEY) ?? "{}")) };
  } catch {
    // Storage may be blocked or damaged: the defaults do.
    return { ...DEFAULTS };
  }
}

export function savePreferences(preferences: MediaPreferences): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(preferences));
  } catch {
    // Storage may be blocked or full: the choice lasts for this page only.
  }
}
