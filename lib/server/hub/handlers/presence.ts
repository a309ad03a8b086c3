/** Being there, saying so, and going. */
import type { Handler } from "../effects.ts";

const ping: Handler<"ping"> = (room) => [
  { kind: "reply", type: "pong", data: { server_time: new Date(room.now()).toISOString() } },
];

const leave: Handler<"leave"> = () => [{ kind: "leave" }];

const qualityReport: Handler<"quality-report"> = (_room, sender, { data }) => [
  { kind: "quality", participantId: sender.participant_id, report: data },
];

const webRtcError: Handler<"webrtc-error"> = (_room, sender, { data }) => [
  { kind: "webrtc_error", participantId: sender.participant_id, error: data },
];

export const presenceHandlers = {
  "ping": ping,
  "leave": leave,
  "quality-report": qualityReport,
  "webrtc-error": webRtcError,
};
