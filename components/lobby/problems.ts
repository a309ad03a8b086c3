/** What is wrong with the devices, in words. */
import type { DeviceProblem } from "../../lib/client/media/local_media_types.ts";
import type { RoomWords } from "../room_words.ts";

/** One sentence where one cause explains both devices. */
export function deviceProblems(
  t: RoomWords,
  camera: DeviceProblem | null,
  microphone: DeviceProblem | null,
): string[] {
  if (camera === "insecure" || microphone === "insecure") return [t("lobby.insecure")];
  if (camera === microphone && camera === "denied") return [t("lobby.both_denied")];
  if (camera === microphone && camera === "not_found") return [t("lobby.both_not_found")];
  return [
    ...(camera === null ? [] : [t(`lobby.camera_${camera}`)]),
    ...(microphone === null ? [] : [t(`lobby.microphone_${microphone}`)]),
  ];
}
