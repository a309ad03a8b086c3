/** Starting and stopping the recording: decided by the same service that REST asks. */
import type { Handler } from "../effects.ts";

const start: Handler<"start-recording"> = (_room, _sender, { id }) => [
  { kind: "record", command: "start", id },
];

const stop: Handler<"stop-recording"> = (_room, _sender, { id }) => [
  { kind: "record", command: "stop", id },
];

export const recordingHandlers = {
  "start-recording": start,
  "stop-recording": stop,
};
