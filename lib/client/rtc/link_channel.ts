/**
 * The data channel of one link: small JSON messages, told apart by their `type`. Ordered and
 * reliable as long as the connection lives; whoever needs more acknowledges above it.
 */

/** What a message must have; the rest is its reader's to check: it comes from a stranger. */
export interface ChannelMessage {
  readonly type: string;
}

/** Longer messages are dropped unread; no browser cuts below 256 KiB. */
export const MAX_CHANNEL_MESSAGE_CHARS = 64 * 1024;
/** More than this waiting to be sent means that the path is down: say nothing new. */
export const MAX_CHANNEL_BACKLOG_BYTES = 1024 * 1024;

/**
 * Sends when the channel can take it.
 *
 * @returns false: not sent, and it never will be
 */
export function sendOver(channel: RTCDataChannel | null, message: ChannelMessage): boolean {
  if (channel?.readyState !== "open") return false;
  if (channel.bufferedAmount > MAX_CHANNEL_BACKLOG_BYTES) return false;
  channel.send(JSON.stringify(message));
  return true;
}

/** Null: not one of ours. */
export function readChannelMessage(text: unknown): ChannelMessage | null {
  if (typeof text !== "string" || text.length > MAX_CHANNEL_MESSAGE_CHARS) return null;
  try {
    const message: unknown = JSON.parse(text);
    const named = typeof message === "object" && message !== null && "type" in message &&
      typeof message.type === "string";
    return named ? message as ChannelMessage : null;
  } catch {
    return null;
  }
}
