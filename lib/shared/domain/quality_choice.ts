/** What a person may choose for the pictures of a call, beside "as good as it gets". */
export const QUALITY_CHOICES = [
  "auto",
  "180p",
  "360p",
  "720p",
  "1080p",
  "saver",
  "audio_only",
] as const;
export type QualityChoice = typeof QUALITY_CHOICES[number];

/** Good enough for a call of two, and what every camera can do. */
export const AUTO_P = 720;
export const SAVER_P = 360;

/** Shorter side of the largest picture to be sent; 0: none. */
export function maxPictureP(choice: QualityChoice): number {
  switch (choice) {
    case "auto":
      return AUTO_P;
    case "saver":
      return SAVER_P;
    case "audio_only":
      return 0;
    default:
      return Number.parseInt(choice);
  }
}

/** What the camera is asked for, by shorter side; the browser gives what is nearest. */
export function captureP(choice: QualityChoice): number {
  return maxPictureP(choice) || AUTO_P;
}

/** How a choice is called on the wire (MediaStream, `quality`). */
export function wireQuality(choice: QualityChoice): "auto" | "180p" | "360p" | "720p" | "1080p" {
  if (choice === "saver") return "360p";
  return choice === "audio_only" ? "auto" : choice;
}

/** For what comes out of a store that belongs to the person. */
export function readQualityChoice(value: unknown): QualityChoice {
  return QUALITY_CHOICES.find((choice) => choice === value) ?? "auto";
}
