import assert from "node:assert/strict";
import type { PairSignal } from "../../shared/protocol/signaling.ts";
import { AgreementGate } from "./agreement_gate.ts";
import { certificateLine } from "./fake_peer_connection.ts";
import type { Fingerprints } from "./peer_link_ports.ts";

function gate() {
  const told: unknown[] = [];
  const bound: Fingerprints[] = [];
  return {
    told,
    bound,
    gate: new AgreementGate({
      introduced: () => void told.push("introduced"),
      described: (fingerprints) => void bound.push(fingerprints),
      pairMessage: (message) => void told.push(message),
      signal: (type: string, data: unknown) => void told.push([type, data]),
    }),
  };
}

const step = (link: string, name: string) => ({ link, message: name }) as unknown as PairSignal;
const described = (self: number, peer: number) => ({
  localDescription: { sdp: `v=0${certificateLine(new Uint8Array(32).fill(self))}` },
  remoteDescription: { sdp: `v=0${certificateLine(new Uint8Array(32).fill(peer))}` },
});

Deno.test("steps reach the agreement of their own connection, also those that overtook its offer", () => {
  const { gate: it, told } = gate();
  it.take(step("b", "early"));
  it.introduce("a");
  it.introduce("a");
  it.take(step("a", "one"));
  assert.deepEqual(told, ["introduced", "one"]);
  it.reset();
  it.take(step("a", "late"));
  it.take(step("b", "two"));
  it.introduce("b");
  assert.deepEqual(told, ["introduced", "one", "introduced", "early", "two"]);
});

Deno.test("what is said before the connection is introduced is of the one before, and not said", () => {
  const { gate: it, told } = gate();
  const { message } = step("", "commit");
  it.introduce("a");
  it.reset();
  it.say(message);
  assert.deepEqual(told.splice(0), ["introduced"]);
  it.introduce("b");
  it.say(message);
  assert.deepEqual(told, ["introduced", ["e2ee", { link: "b", message }]]);
});

Deno.test("the certificates are told once, by the answer's text or by the connection", () => {
  const { gate: it, bound } = gate();
  const { localDescription, remoteDescription } = described(1, 2);
  it.identify({ localDescription, remoteDescription: null }, remoteDescription);
  it.identify({ localDescription, remoteDescription });
  assert.deepEqual(
    bound.map(({ selfFingerprint, peerFingerprint }) => [
      selfFingerprint[0],
      peerFingerprint[31],
    ]),
    [[1, 2]],
  );
  it.reset();
  it.identify(described(3, 4));
  assert.equal(bound.length, 2);
});

Deno.test("another certificate than was told, on either side, or none: refused", () => {
  for (const other of [described(1, 3), described(3, 2), described(2, 1)]) {
    const { gate: it } = gate();
    it.identify(described(1, 2));
    assert.throws(() => it.identify(other), /another certificate/);
  }
  const { gate: it, bound } = gate();
  assert.throws(() => it.identify({ ...described(1, 2), remoteDescription: { sdp: "v=0" } }));
  assert.throws(() => it.identify(described(1, 2), { sdp: "v=0" }));
  assert.deepEqual(bound, []);
});
