/** What participants say of their own microphone, camera, screen and hand. */
import type { ParticipantRecord } from "../../store/participants.ts";
import type { Effect, Handler, LiveFlags } from "../effects.ts";

/** Saying again what everyone knows is no change: nothing is sent. */
function patch(sender: ParticipantRecord, flags: Partial<LiveFlags>): Effect[] {
  const names = Object.keys(flags) as (keyof LiveFlags)[];
  if (names.every((name) => sender[name] === flags[name])) return [];
  return [{ kind: "patch", participantId: sender.participant_id, flags }];
}

const muteAudio: Handler<"mute-audio"> = (_room, sender, { data }) =>
  patch(sender, { is_muted: data.muted });

const muteVideo: Handler<"mute-video"> = (_room, sender, { data }) =>
  patch(sender, { is_video_enabled: !data.muted });

const startScreenShare: Handler<"start-screen-share"> = (_room, sender) =>
  patch(sender, { is_screen_sharing: true });

const stopScreenShare: Handler<"stop-screen-share"> = (_room, sender) =>
  patch(sender, { is_screen_sharing: false });

const raiseHand: Handler<"raise-hand"> = (_room, sender, { data }) =>
  patch(sender, { is_hand_raised: data.raised });

const streamUpdate: Handler<"stream-update"> = (_room, sender, { data }) => [
  { kind: "stream", participantId: sender.participant_id, update: data },
];

export const mediaStateHandlers = {
  "mute-audio": muteAudio,
  "mute-video": muteVideo,
  "start-screen-share": startScreenShare,
  "stop-screen-share": stopScreenShare,
  "raise-hand": raiseHand,
  "stream-update": streamUpdate,
};
