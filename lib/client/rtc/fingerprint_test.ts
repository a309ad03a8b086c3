import assert from "node:assert/strict";
import { fingerprintOf } from "./fingerprint.ts";

const octets = (first: string) => [first, ...Array(31).fill("AB")].join(":");
const line = (first: string) => `a=fingerprint:sha-256 ${octets(first)}\r\n`;

Deno.test("the fingerprint is read once, however many lines repeat it", () => {
  const sdp = `v=0\r\n${line("01")}m=audio\r\n${line("01")}`;
  assert.deepEqual(fingerprintOf(sdp), new Uint8Array([1, ...Array(31).fill(0xab)]));
});

Deno.test("none, two different ones, or another hash: no fingerprint", () => {
  assert.equal(fingerprintOf("v=0\r\n"), null);
  assert.equal(fingerprintOf(`v=0\r\n${line("01")}${line("02")}`), null);
  assert.equal(fingerprintOf(`v=0\r\na=fingerprint:sha-1 ${octets("01")}\r\n`), null);
  assert.equal(fingerprintOf("v=0\r\na=fingerprint:sha-256 01:02\r\n"), null);
});
