/** What this person may send: own choice, and what the device is good for. */
import { maxPictureP, type QualityChoice } from "../../shared/domain/quality_choice.ts";
import type { SizeLimits } from "./rungs.ts";

export interface Device {
  /** Small, held in a hand, on a battery. */
  readonly phone: boolean;
  readonly cores: number;
}

export interface Limits extends SizeLimits {
  readonly maxScreenP: number;
  /** All pictures together. */
  readonly pictureKbps: number;
  /** All encoders together, pixels a second. */
  readonly pixels: number;
  readonly cores: number;
  /** People whom the voice goes to. */
  readonly links: number;
  /** In small rooms each packet of a voice carries the one before it again. */
  readonly voiceCopies: number;
  /** Less is better. */
  readonly saves: boolean;
}

/** As the mesh has it: up to so many others get the voice twice. */
const FEW_LINKS = 4;
/** One 720p picture at 30 frames, as software on one core makes it beside everything else. */
const PIXELS_PER_CORE = 1280 * 720 * 30;
const MAX_CORES_COUNTED = 8;
/** One 720p picture at full rate and a few small ones. */
const PHONE_PIXELS = 1.5 * 1280 * 720 * 30;
const SAVER_PIXELS = 2 * 640 * 360 * 15;
const PHONE_KBPS = 4_000;
const SAVER_KBPS = 800;
const DESKTOP_KBPS = 20_000;

export function limitsOf(choice: QualityChoice, device: Device, links: number): Limits {
  const cores = Math.max(1, Math.min(device.cores, MAX_CORES_COUNTED));
  const saves = choice === "saver";
  const sizes = sizesOf(choice, device);
  return {
    ...sizes,
    pictureKbps: saves ? SAVER_KBPS : device.phone ? PHONE_KBPS : DESKTOP_KBPS,
    pixels: saves
      ? SAVER_PIXELS
      : device.phone
      ? Math.min(PHONE_PIXELS, cores * PIXELS_PER_CORE)
      : cores * PIXELS_PER_CORE,
    cores,
    links,
    voiceCopies: links <= FEW_LINKS ? 2 : 1,
    saves,
  };
}

function sizesOf(
  choice: QualityChoice,
  { phone }: Device,
): Pick<Limits, "maxP" | "maxFps" | "maxScreenP"> {
  const maxP = maxPictureP(choice);
  if (choice === "saver") return { maxP, maxFps: 15, maxScreenP: 720 };
  return { maxP, maxFps: 30, maxScreenP: maxP === 0 ? 0 : phone ? 1080 : 1440 };
}
