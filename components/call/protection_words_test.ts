import assert from "node:assert/strict";
import { signal } from "@preact/signals";
import type { Protection } from "../../lib/client/call/call_state.ts";
import { callProtection, wordsKeyOf } from "./protection_words.ts";

const encrypted = (verified: "link" | "code" | null): Protection => ({
  kind: "encrypted",
  code: [0, 1, 2, 3, 4, 5, 6],
  verified,
  peerCompared: false,
});
const AGREEING: Protection = { kind: "agreeing" };
const TRANSPORT: Protection = { kind: "transport", lacking: "other" };
const REFUSED: Protection = { kind: "refused", lacking: "other" };
const FAILED: Protection = { kind: "failed", reason: "confirmation" };

const of = (...all: Protection[]) =>
  callProtection(all.map((protection) => ({ protection: signal(protection) })));

Deno.test("the weakest link decides what is said of the call", () => {
  assert.equal(of(), "alone");
  assert.equal(of(encrypted("link"), encrypted("code")), "verified");
  assert.equal(of(encrypted("link"), encrypted(null)), "encrypted");
  assert.equal(of(encrypted("link"), AGREEING), "agreeing");
  assert.equal(of(encrypted("link"), AGREEING, TRANSPORT), "partly");
  assert.equal(of(encrypted("link"), REFUSED), "left_out");
  assert.equal(of(TRANSPORT, REFUSED), "partly");
  assert.equal(of(TRANSPORT, FAILED, encrypted("link")), "failed");
});

Deno.test("a person has words for every state", () => {
  const keys = [encrypted("link"), encrypted("code"), encrypted(null), TRANSPORT, REFUSED, FAILED]
    .map(wordsKeyOf);
  assert.equal(new Set(keys).size, keys.length);
});
