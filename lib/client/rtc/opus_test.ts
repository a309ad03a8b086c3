import assert from "node:assert/strict";
import { askForDtx } from "./opus.ts";

const SDP = [
  "v=0",
  "m=audio 9 UDP/TLS/RTP/SAVPF 111 63",
  "a=rtpmap:111 opus/48000/2",
  "a=fmtp:111 minptime=10;useinbandfec=1",
  "a=rtpmap:63 red/48000/2",
  "a=fmtp:63 111/111",
  "m=video 9 UDP/TLS/RTP/SAVPF 96",
  "a=rtpmap:96 VP8/90000",
  "m=audio 9 UDP/TLS/RTP/SAVPF 111",
  "a=rtpmap:111 opus/48000/2",
  "a=fmtp:111 minptime=10;useinbandfec=1",
  "",
].join("\r\n");

Deno.test("the voice line asks for pauses that are not sent, and nothing else changes", () => {
  const asked = askForDtx(SDP).split("\r\n");
  const before = SDP.split("\r\n");
  assert.equal(asked[3], "a=fmtp:111 minptime=10;useinbandfec=1;usedtx=1");
  assert.deepEqual(asked.toSpliced(3, 1), before.toSpliced(3, 1));
  assert.equal(askForDtx(asked.join("\r\n")), asked.join("\r\n"), "asked once");
});

Deno.test("descriptions without Opus stay as they are", () => {
  for (const sdp of ["", "v=0\r\n", SDP.replaceAll("opus", "PCMU")]) {
    assert.equal(askForDtx(sdp), sdp);
  }
});
