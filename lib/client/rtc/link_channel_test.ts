import { deepEqual, equal } from "node:assert/strict";
import {
  MAX_CHANNEL_BACKLOG_BYTES,
  MAX_CHANNEL_MESSAGE_CHARS,
  readChannelMessage,
  sendOver,
} from "./link_channel.ts";

Deno.test("a message is read back as it was sent", () => {
  const sent: string[] = [];
  const channel = {
    readyState: "open",
    bufferedAmount: 0,
    send: (text: string) => sent.push(text),
  };
  const message = { type: "beat", every: 250 };
  equal(sendOver(channel as unknown as RTCDataChannel, message), true);
  deepEqual(readChannelMessage(sent[0]), message);
});

Deno.test("what cannot arrive is not sent, and the caller learns it", () => {
  const send = () => {
    throw new Error("sent");
  };
  const closing = { readyState: "closing", bufferedAmount: 0, send };
  const full = { readyState: "open", bufferedAmount: MAX_CHANNEL_BACKLOG_BYTES + 1, send };
  equal(sendOver(null, { type: "beat" }), false);
  equal(sendOver(closing as unknown as RTCDataChannel, { type: "beat" }), false);
  equal(sendOver(full as unknown as RTCDataChannel, { type: "beat" }), false);
});

Deno.test("what is not a message is null", () => {
  const long = JSON.stringify({ type: "x", text: "y".repeat(MAX_CHANNEL_MESSAGE_CHARS) });
  for (const odd of ["", "null", "[]", "7", '{"type":7}', "{", new ArrayBuffer(4), long]) {
    equal(readChannelMessage(odd), null);
  }
});
