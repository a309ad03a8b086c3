/** From the text of one WebSocket message to the effects of its handler. */
import { ClientEnvelope } from "../../shared/protocol/envelope.ts";
import { CLIENT_MESSAGES, type ClientMessageType } from "../../shared/protocol/messages.ts";
import type { ParticipantRecord } from "../store/participants.ts";
import type { Effect, Handler, RoomView } from "./effects.ts";
import { mediaStateHandlers } from "./handlers/media_state.ts";
import { moderationHandlers } from "./handlers/moderation.ts";
import { presenceHandlers } from "./handlers/presence.ts";
import { recordingHandlers } from "./handlers/recording.ts";
import { signalingHandlers } from "./handlers/signaling.ts";

const HANDLERS: { [Type in ClientMessageType]: Handler<Type> } = {
  ...signalingHandlers,
  ...mediaStateHandlers,
  ...presenceHandlers,
  ...moderationHandlers,
  ...recordingHandlers,
};

/** The text is not JSON, or not an envelope: the peer does not speak this protocol. */
export class NotAMessage extends Error {}

function isKnown(type: string): type is ClientMessageType {
  return Object.hasOwn(HANDLERS, type);
}

/** @throws {NotAMessage} */
export function parseEnvelope(text: string): ClientEnvelope {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new NotAMessage("not JSON", { cause });
  }
  const envelope = ClientEnvelope.safeParse(json);
  if (!envelope.success) throw new NotAMessage("not an envelope", { cause: envelope.error });
  return envelope.data;
}

/**
 * @throws {NotAMessage} when the text is no envelope at all. A known envelope with a wrong type or
 * wrong data is refused with an effect instead, so that one bad message does not end a call.
 */
export function dispatch(
  room: RoomView,
  sender: ParticipantRecord,
  text: string,
  received: (type: ClientMessageType | "unknown") => void = () => {},
): Effect[] {
  const { type, data, to, id } = parseEnvelope(text);
  received(isKnown(type) ? type : "unknown");
  if (!isKnown(type)) {
    return [{ kind: "refuse", code: "VALIDATION_ERROR", facts: { type: "unknown", id } }];
  }
  const parsed = CLIENT_MESSAGES[type].safeParse(data);
  if (!parsed.success) {
    const fields = parsed.error.issues.map((issue) => issue.path.join("."));
    return [{ kind: "refuse", code: "VALIDATION_ERROR", facts: { type, fields, id } }];
  }
  // The table pairs each name with its own data; TypeScript cannot follow a union through it.
  const handler = HANDLERS[type] as Handler<ClientMessageType>;
  return handler(room, sender, { data: parsed.data, to, id });
}
