/** English words about the chat of a call. */
import type { Message } from "./message.ts";

export const chat = {
  title: "Chat",
  open: "Chat",
  open_unread: {
    one: "Chat: {count} new message",
    other: "Chat: {count} new messages",
  } as Message,
  empty: "Nothing has been said yet.",
  empty_hint: "Messages are encrypted from person to person and are gone after the call.",
  label: "Message",
  placeholder: "Message to everyone",
  send: "Send",
  you: "You",
  delivered: "Delivered",
  waiting: {
    one: "Waiting for {count} person",
    other: "Waiting for {count} people",
  } as Message,
  nobody: "Nobody was here to get it",
  cut: "{name} writes too much: some messages were left out.",
  too_long: "This is too long for one message.",
  too_fast: "Slow down a little: wait a second, then send again.",
  unreadable: {
    one: "{names} cannot read the chat: no end-to-end encryption with them.",
    other: "{names} cannot read the chat: no end-to-end encryption with them.",
  } as Message,
  newest: "To the newest",
  said: "{name}: {text}",
};
