/** A failure of one connection, as the server's log takes it. */
import type { ClientMessageData } from "../../shared/protocol/messages.ts";

const MAX_NAME_CHARS = 64;
const MAX_MESSAGE_CHARS = 200;

export function troubleReport(
  participantId: number,
  error: unknown,
): ClientMessageData["webrtc-error"] {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  return {
    participant_id: participantId,
    name: name.slice(0, MAX_NAME_CHARS),
    message: message.slice(0, MAX_MESSAGE_CHARS),
  };
}
