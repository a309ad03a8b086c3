import { deepEqual, equal } from "node:assert/strict";
import { configurationOf, type RelayRefused, whenRefused } from "./ice.ts";

function failure(url: string, errorCode: number, errorText = ""): RelayRefused | undefined {
  const told: RelayRefused[] = [];
  const event = { url, errorCode, errorText } as RTCPeerConnectionIceErrorEvent;
  whenRefused(event, (refusal) => told.push(refusal));
  return told[0];
}

Deno.test("what a relay refuses is told in words", () => {
  const refusal = failure("turn:turn.example.com:3478?transport=udp", 401, "Unauthorized");
  equal(
    refusal?.message,
    "The relay turn:turn.example.com:3478?transport=udp refused: 401 Unauthorized",
  );
  equal(failure("turns:turn.example.com", 486)?.code, 486);
});

Deno.test("a server out of reach and a STUN server's trouble are nothing to tell", () => {
  equal(failure("turn:turn.example.com:3478", 701, "timed out"), undefined);
  equal(failure("stun:turn.example.com:3478", 400), undefined);
});

Deno.test("an encrypted mesh link has one transport and no clear frames", () => {
  const configuration = { iceServers: [{ urls: "stun:turn.example.com" }] };
  deepEqual(configurationOf({ configuration, kind: "mesh", encrypted: true }), {
    ...configuration,
    bundlePolicy: "max-bundle",
    encodedInsertableStreams: true,
  });
  deepEqual(configurationOf({ configuration, kind: "raw", encrypted: false }), configuration);
});
