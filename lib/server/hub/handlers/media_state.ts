/** What participants say of their own microphone, camera, screen and hand. */
import { isLocked } from "../../../shared/domain/moderation.ts";
import type { ClientMessageType } from "../../../shared/protocol/messages.ts";
import type { MutedMedia } from "../../../shared/protocol/moderation.ts";
import type { ParticipantRecord } from "../../store/participants.ts";
import type { Effect, Handler, LiveFlags } from "../effects.ts";

/** Saying again what everyone knows is no change, and told to nobody. */
function patch(sender: ParticipantRecord, flags: Partial<LiveFlags>): Effect[] {
  return [{ kind: "patch", participantId: sender.participant_id, flags }];
}

/** What somebody who leads has locked stays off. */
function locked(type: ClientMessageType, media: MutedMedia, id: string | undefined): Effect[] {
  return [{ kind: "refuse", code: "FORBIDDEN", facts: { type, media, locked: true, id } }];
}

const muteAudio: Handler<"mute-audio"> = (_room, sender, { data, id }) =>
  !data.muted && isLocked(sender, "audio")
    ? locked("mute-audio", "audio", id)
    : patch(sender, { is_muted: data.muted });

const muteVideo: Handler<"mute-video"> = (_room, sender, { data, id }) =>
  !data.muted && isLocked(sender, "video")
    ? locked("mute-video", "video", id)
    : patch(sender, { is_video_enabled: !data.muted });

const startScreenShare: Handler<"start-screen-share"> = (_room, sender, { id }) =>
  isLocked(sender, "screen")
    ? locked("start-screen-share", "screen", id)
    : patch(sender, { is_screen_sharing: true });

const stopScreenShare: Handler<"stop-screen-share"> = (_room, sender) =>
  patch(sender, { is_screen_sharing: false });

const raiseHand: Handler<"raise-hand"> = (_room, sender, { data }) =>
  patch(sender, { is_hand_raised: data.raised });

const streamUpdate: Handler<"stream-update"> = (_room, sender, { data, id }) =>
  data.is_active && isLocked(sender, data.stream_type)
    ? locked("stream-update", data.stream_type, id)
    : [{ kind: "stream", participantId: sender.participant_id, update: data }];

export const mediaStateHandlers = {
  "mute-audio": muteAudio,
  "mute-video": muteVideo,
  "start-screen-share": startScreenShare,
  "stop-screen-share": stopScreenShare,
  "raise-hand": raiseHand,
  "stream-update": streamUpdate,
};
