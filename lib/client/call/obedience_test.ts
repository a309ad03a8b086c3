import assert from "node:assert/strict";
import { effect, signal } from "@preact/signals";
import type { ModerationEvent, MutedMedia } from "../../shared/protocol/moderation.ts";
import type { VideoParticipant } from "../../shared/protocol/participants.ts";
import { concerns, obeyLocks, obeyOrder } from "./obedience.ts";

function devices() {
  const microphoneOn = signal(true);
  const cameraOn = signal(true);
  const screenOn = signal(true);
  return {
    microphoneOn,
    cameraOn,
    screenOn,
    setMicrophone: (on: boolean) => Promise.resolve(void (microphoneOn.value = on)),
    setCamera: (on: boolean) => Promise.resolve(void (cameraOn.value = on)),
    stopScreen: () => void (screenOn.value = false),
    read: () => [microphoneOn.value, cameraOn.value, screenOn.value],
  };
}

const order = (media: MutedMedia, action: ModerationEvent["action"] = "mute"): ModerationEvent => ({
  action,
  by: { participant_id: 1, user_name: "Anna" },
  target: { participant_id: 2, user_name: "Boris" },
  media,
});

Deno.test("an order switches off what it names, and nothing else", () => {
  const media = devices();
  obeyOrder(order("audio"), media);
  assert.deepEqual(media.read(), [false, true, true]);
  obeyOrder(order("video"), media);
  assert.deepEqual(media.read(), [false, false, true]);
  obeyOrder(order("screen"), media);
  assert.deepEqual(media.read(), [false, false, false]);
});

Deno.test("nobody is switched on by others", () => {
  const media = devices();
  obeyOrder(order("audio"), media);
  obeyOrder(order("audio", "unlock"), media);
  assert.equal(media.microphoneOn.value, false);
});

Deno.test("a locked device is off and goes off again when it comes on", () => {
  const media = devices();
  const self = signal<VideoParticipant | null>(null);
  const stop = effect(() => obeyLocks(self.value, media));
  assert.deepEqual(media.read(), [true, true, true]);
  const locks = { is_audio_locked: true, is_video_locked: false, is_screen_locked: true };
  self.value = locks as VideoParticipant;
  assert.deepEqual(media.read(), [false, true, false]);
  // A microphone was plugged in, and the person had it on before.
  media.microphoneOn.value = true;
  assert.deepEqual(media.read(), [false, true, false]);
  stop();
});

Deno.test("an order to everyone concerns who was muted by it, not who gave it", () => {
  const everyone = { ...order("audio"), target: null };
  const muted = { participant_id: 2, is_muted: true } as VideoParticipant;
  assert.equal(concerns(everyone, muted), true);
  assert.equal(concerns(everyone, { ...muted, is_muted: false }), false);
  assert.equal(concerns(everyone, { ...muted, participant_id: 1 }), false);
  assert.equal(concerns(order("audio"), muted), true);
  assert.equal(concerns(order("audio"), { ...muted, participant_id: 3 }), false);
});
