/**
 * The official values of RFC 9605 (appendix C), and the known answers of the pair handshake. Other
 * copies of the RFC's vectors can be checked with SFRAME_VECTORS=file.
 */
import assert from "node:assert/strict";
import mesh from "../../../tests/fixtures/vectors/mesh_e2ee_v1.json" with { type: "json" };
import { type Bytes, concat, prefixed, utf8 } from "./bytes.ts";
import { agree, commitmentOf, isLower, type Party, transcriptOf } from "./handshake.ts";
import { decodeHeader, encodeHeader } from "./sframe_header.ts";
import {
  deriveKeyAndSalt,
  type GcmSuite,
  importSFrameKey,
  nonceOf,
  open,
  seal,
  type Suite,
  SUITES,
} from "./sframe.ts";

const hex = (text: string): Bytes => Uint8Array.fromHex(text);
const text = (bytes: Uint8Array): string => bytes.toHex();

interface Vectors {
  header: { kid: string; ctr: string; encoded: string }[];
  sframe: Record<string, string>[];
}

/** Key ids and counters have 64 bits: as JSON numbers they would be rounded. */
function readVectors(file: string | URL): Vectors {
  const json = Deno.readTextFileSync(file);
  return JSON.parse(json.replace(/("(?:kid|ctr|cipher_suite)":\s*)(\d+)/g, '$1"$2"'));
}

const OWN = new URL("../../../tests/fixtures/vectors/rfc9605.json", import.meta.url);
const OTHER = Deno.env.get("SFRAME_VECTORS");

for (const file of OTHER === undefined ? [OWN] : [OWN, OTHER]) {
  const vectors = readVectors(file);

  Deno.test(`SFrame headers encode and decode as printed: ${vectors.header.length} of them`, () => {
    assert.ok(vectors.header.length > 0);
    for (const { kid, ctr, encoded } of vectors.header) {
      assert.equal(text(encodeHeader(BigInt(kid), BigInt(ctr))), encoded);
      const header = decodeHeader(hex(encoded));
      assert.deepEqual(header, {
        kid: BigInt(kid),
        ctr: BigInt(ctr),
        length: encoded.length / 2,
      });
      assert.equal(decodeHeader(hex(encoded).subarray(0, -1)), null);
    }
  });

  for (const vector of vectors.sframe) {
    const suite = Number(vector.cipher_suite) as Suite;
    const [kid, ctr] = [BigInt(vector.kid!), BigInt(vector.ctr!)];
    const metadata = hex(vector.metadata!);

    Deno.test(`SFrame key schedule of suite ${suite}, ${SUITES[suite].name}`, async () => {
      const { key, salt } = await deriveKeyAndSalt(suite, kid, hex(vector.base_key!));
      assert.equal(text(key), vector.sframe_key);
      assert.equal(text(salt), vector.sframe_salt);
      assert.equal(text(nonceOf(salt, ctr)), vector.nonce);
      assert.equal(text(concat(encodeHeader(kid, ctr), metadata)), vector.aad);
    });

    Deno.test(`SFrame encryption of suite ${suite}, both ways`, async () => {
      const frame = hex(vector.ct!);
      if (suite >= 4) {
        const key = await importSFrameKey(suite as GcmSuite, kid, hex(vector.base_key!));
        const sealed = await seal(key, { ctr, metadata, plaintext: hex(vector.pt!) });
        assert.equal(text(sealed), vector.ct);
        assert.equal(text(await open(key, { frame, metadata })), vector.pt);
      } else {
        assert.equal(text(await sealCtrHmac(suite, vector)), vector.ct);
      }
    });
  }
}

/** The AES-CTR suites (RFC 9605, section 4.5.1), which the product does not speak. */
async function sealCtrHmac(suite: Suite, vector: Record<string, string>): Promise<Bytes> {
  const keys = hex(vector.sframe_key!);
  const [encryptionKey, authenticationKey] = [keys.slice(0, 16), keys.slice(16)];
  const [aad, nonce, plaintext] = [hex(vector.aad!), hex(vector.nonce!), hex(vector.pt!)];
  const aes = await crypto.subtle.importKey("raw", encryptionKey, "AES-CTR", false, ["encrypt"]);
  const counter = concat(nonce, new Uint8Array(4));
  const inner = new Uint8Array(
    await crypto.subtle.encrypt({ name: "AES-CTR", counter, length: 32 }, aes, plaintext),
  );
  const hmac = { name: "HMAC", hash: "SHA-256" };
  const mac = await crypto.subtle.importKey("raw", authenticationKey, hmac, false, ["sign"]);
  const { tagBytes } = SUITES[suite];
  const length = (value: number) => {
    const bytes = new Uint8Array(8);
    new DataView(bytes.buffer).setBigUint64(0, BigInt(value));
    return bytes;
  };
  const lengths = concat(length(aad.length), length(inner.length), length(tagBytes));
  const tag = await crypto.subtle.sign("HMAC", mac, concat(lengths, nonce, aad, inner));
  const header = encodeHeader(BigInt(vector.kid!), BigInt(vector.ctr!));
  return concat(header, inner, new Uint8Array(tag).subarray(0, tagBytes));
}

function party({ pid, pub, nonce, fp }: typeof mesh.lo): Party {
  return { id: pid, publicKey: hex(pub), nonce: hex(nonce), fingerprint: hex(fp) };
}

/** Private keys cannot be made from a number alone: a JWK wants the public point too. */
async function privateKeyOf({ d, pub }: typeof mesh.lo): Promise<CryptoKey> {
  const point = hex(pub);
  const encode = (bytes: Uint8Array) =>
    bytes.toBase64({ alphabet: "base64url", omitPadding: true });
  const jwk = {
    kty: "EC",
    crv: "P-256",
    d: encode(hex(d)),
    x: encode(point.subarray(1, 33)),
    y: encode(point.subarray(33)),
  };
  return await crypto.subtle.importKey("jwk", jwk, { name: "ECDH", namedCurve: "P-256" }, false, [
    "deriveBits",
  ]);
}

Deno.test("the pair handshake gives the known answers on both sides", async () => {
  const [lo, hi] = [party(mesh.lo), party(mesh.hi)];
  assert.equal(isLower(lo.id, hi.id), true);
  assert.equal(isLower(hi.id, lo.id), false);
  assert.equal(text(await commitmentOf(lo)), mesh.commit_lo);
  assert.equal(text(await transcriptOf(mesh.room, lo, hi)), mesh.T);
  const common = { room: mesh.room, roomSecret: hex(mesh.K_room) };
  const low = await agree({
    ...common,
    self: lo,
    peer: hi,
    privateKey: await privateKeyOf(mesh.lo),
  });
  const high = await agree({
    ...common,
    self: hi,
    peer: lo,
    privateKey: await privateKeyOf(mesh.hi),
  });
  assert.equal(text(low.sendKey), mesh.k_lo_to_hi);
  assert.equal(text(low.receiveKey), mesh.k_hi_to_lo);
  assert.equal(text(low.confirmation), mesh.confirm_lo);
  assert.equal(text(low.expectedConfirmation), mesh.confirm_hi);
  assert.deepEqual(low.code, mesh.sas_emoji_indices);
  assert.deepEqual(high, {
    sendKey: low.receiveKey,
    receiveKey: low.sendKey,
    confirmation: low.expectedConfirmation,
    expectedConfirmation: low.confirmation,
    code: low.code,
    transcript: low.transcript,
  });
});

Deno.test("frames are sealed exactly as the known answers, clear prefix authenticated", async () => {
  const ratcheted = mesh.sender_key.ratchet_step1_base_key;
  for (const frame of mesh.frames) {
    const base = frame.kid === mesh.sender_key.kid_step0 ? mesh.sender_key.base_key : ratcheted;
    const key = await importSFrameKey(5, BigInt(frame.kid), hex(base));
    const metadata = concat(
      prefixed(utf8(mesh.room)),
      prefixed(utf8(frame.sender)),
      new Uint8Array([frame.kind]),
      hex(frame.clear ?? ""),
    );
    const sealed = await seal(key, {
      ctr: BigInt(frame.ctr),
      metadata,
      plaintext: hex(frame.pt),
    });
    assert.equal(text(sealed), frame.ct, frame.codec);
  }
});

Deno.test("a frame opens for nobody when one bit, the sender, the kind or the key is another", async () => {
  const key = await importSFrameKey(5, 9n, crypto.getRandomValues(new Uint8Array(32)));
  const other = await importSFrameKey(5, 9n, crypto.getRandomValues(new Uint8Array(32)));
  const metadata = utf8("room, sender, kind");
  const frame = await seal(key, { ctr: 1n, metadata, plaintext: utf8("hello") });
  assert.equal(new TextDecoder().decode(await open(key, { frame, metadata })), "hello");
  for (let index = 0; index < frame.length; index++) {
    const changed = frame.slice();
    changed[index]! ^= 1;
    await assert.rejects(open(key, { frame: changed, metadata }));
  }
  for (let length = 0; length < frame.length; length++) {
    await assert.rejects(open(key, { frame: frame.subarray(0, length), metadata }));
  }
  await assert.rejects(open(key, { frame, metadata: utf8("room, other, kind") }));
  await assert.rejects(open(other, { frame, metadata }));
});
