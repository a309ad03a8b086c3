/**
 * Secure frames (RFC 9605): key schedule of section 4.4.2 and the AES-GCM suites of section 4.5.
 * The product speaks suite 5 only; the others are here as far as the official vectors check them.
 */
import { bigEndian, type Bytes, concat, utf8 } from "./bytes.ts";
import { decodeHeader, encodeHeader } from "./sframe_header.ts";

/** Section 4.5, table 1. Lengths in octets: key, nonce and tag. */
export const SUITES = {
  1: { name: "AES_128_CTR_HMAC_SHA256_80", hash: "SHA-256", keyBytes: 48, tagBytes: 10 },
  2: { name: "AES_128_CTR_HMAC_SHA256_64", hash: "SHA-256", keyBytes: 48, tagBytes: 8 },
  3: { name: "AES_128_CTR_HMAC_SHA256_32", hash: "SHA-256", keyBytes: 48, tagBytes: 4 },
  4: { name: "AES_128_GCM_SHA256_128", hash: "SHA-256", keyBytes: 16, tagBytes: 16 },
  5: { name: "AES_256_GCM_SHA512_128", hash: "SHA-512", keyBytes: 32, tagBytes: 16 },
} as const;
export type Suite = keyof typeof SUITES;
export type GcmSuite = 4 | 5;

export const NONCE_BYTES = 12;

/** HKDF (RFC 5869), extract and expand in one step. */
export async function hkdf(
  hash: "SHA-256" | "SHA-512",
  { secret, salt, info, length }: {
    secret: Uint8Array;
    salt: Uint8Array;
    info: Uint8Array;
    length: number;
  },
): Promise<Bytes> {
  const key = await crypto.subtle.importKey("raw", new Uint8Array(secret), "HKDF", false, [
    "deriveBits",
  ]);
  const bits = await crypto.subtle.deriveBits(
    { name: "HKDF", hash, salt: new Uint8Array(salt), info: new Uint8Array(info) },
    key,
    length * 8,
  );
  return new Uint8Array(bits);
}

/** Key and salt of one key id, as octets. */
export async function deriveKeyAndSalt(
  suite: Suite,
  kid: bigint,
  baseKey: Uint8Array,
): Promise<{ key: Bytes; salt: Bytes }> {
  const { hash, keyBytes } = SUITES[suite];
  const context = concat(bigEndian(kid, 8), bigEndian(BigInt(suite), 2));
  const derive = (label: string, length: number) =>
    hkdf(hash, {
      secret: baseKey,
      salt: new Uint8Array(0),
      info: concat(utf8(label), context),
      length,
    });
  const [key, salt] = await Promise.all([
    derive("SFrame 1.0 Secret key ", keyBytes),
    derive("SFrame 1.0 Secret salt ", NONCE_BYTES),
  ]);
  return { key, salt };
}

/** A key ready for use. The octets of the key do not leave WebCrypto. */
export interface SFrameKey {
  readonly kid: bigint;
  readonly key: CryptoKey;
  readonly salt: Bytes;
}

export async function importSFrameKey(
  suite: GcmSuite,
  kid: bigint,
  baseKey: Uint8Array,
): Promise<SFrameKey> {
  const { key, salt } = await deriveKeyAndSalt(suite, kid, baseKey);
  const imported = await crypto.subtle.importKey("raw", key, "AES-GCM", false, [
    "encrypt",
    "decrypt",
  ]);
  return { kid, key: imported, salt };
}

/** Salt XOR counter: never the same twice for one key, as long as the counter is not. */
export function nonceOf(salt: Uint8Array, ctr: bigint): Bytes {
  const nonce = bigEndian(ctr, NONCE_BYTES);
  for (let index = 0; index < NONCE_BYTES; index++) nonce[index]! ^= salt[index]!;
  return nonce;
}

/** Header, ciphertext and tag. */
export async function seal(
  { kid, key, salt }: SFrameKey,
  { ctr, metadata, plaintext }: { ctr: bigint; metadata: Uint8Array; plaintext: Uint8Array },
): Promise<Bytes> {
  const header = encodeHeader(kid, ctr);
  const ciphertext = await crypto.subtle.encrypt(
    { name: "AES-GCM", iv: nonceOf(salt, ctr), additionalData: concat(header, metadata) },
    key,
    new Uint8Array(plaintext),
  );
  return concat(header, new Uint8Array(ciphertext));
}

/**
 * The plaintext of a frame whose header was read before (to find the key).
 * @throws OperationError when the frame was changed, or is not of this key
 */
export async function open(
  { key, salt }: SFrameKey,
  { frame, metadata }: { frame: Uint8Array; metadata: Uint8Array },
): Promise<Bytes> {
  const header = decodeHeader(frame);
  if (header === null) throw new DOMException("truncated SFrame header", "OperationError");
  const plaintext = await crypto.subtle.decrypt(
    {
      name: "AES-GCM",
      iv: nonceOf(salt, header.ctr),
      additionalData: concat(frame.subarray(0, header.length), metadata),
    },
    key,
    new Uint8Array(frame.subarray(header.length)),
  );
  return new Uint8Array(plaintext);
}
