/** What a moderator decides about this person's devices is done here; receivers enforce it anyway. */
import type { ModerationEvent } from "../../shared/protocol/moderation.ts";
import type { VideoParticipant } from "../../shared/protocol/participants.ts";
import type { LocalMedia } from "../media/local_media.ts";

type Devices = Pick<
  LocalMedia,
  "microphoneOn" | "cameraOn" | "screenOn" | "setMicrophone" | "setCamera" | "stopScreen"
>;

/** A locked device is off, and stays off. Reads signals: run it in an effect. */
export function obeyLocks(self: VideoParticipant | null, media: Devices): void {
  if (self === null) return;
  if (self.is_audio_locked && media.microphoneOn.value) void media.setMicrophone(false);
  if (self.is_video_locked && media.cameraOn.value) void media.setCamera(false);
  if (self.is_screen_locked && media.screenOn.value) media.stopScreen();
}

/**
 * Whether something was done to this person. An order to everyone spares who gave it and those
 * who may not be muted; the server has updated the others just before.
 */
export function concerns({ action, by, target, media }: ModerationEvent, self: VideoParticipant) {
  if (target !== null) return target.participant_id === self.participant_id;
  if (action !== "mute" || by?.participant_id === self.participant_id) return false;
  if (media === "video") return !self.is_video_enabled;
  return media === "screen" ? !self.is_screen_sharing : self.is_muted;
}

/** Switches off what the order is about. Nobody is ever switched on by others. */
export function obeyOrder({ action, media: medium = "audio" }: ModerationEvent, media: Devices) {
  if (action !== "mute") return;
  if (medium === "audio") void media.setMicrophone(false);
  else if (medium === "video") void media.setCamera(false);
  else media.stopScreen();
}
