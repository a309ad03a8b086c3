/**
 * This person's own media key and its descendants. One for all tracks and all links, with one
 * counter per key: a mesh encodes the same picture once per link, so a counter per link would use a
 * nonce twice.
 *
 * Somebody joins: one step of the ratchet, and the newcomer gets the result only, so the past stays
 * closed. Somebody leaves: a new generation, made from nothing that the leaver had.
 */
import { type Bytes, utf8 } from "./bytes.ts";
import { hkdf, importSFrameKey, type SFrameKey } from "./sframe.ts";

const BASE_KEY_BYTES = 32;
const RATCHETED_BYTES = 64;
/** Bits of the key id that count the steps of one generation. */
const STEP_BITS = 4n;
export const MAX_STEP = (1 << Number(STEP_BITS)) - 1;

/** What the others need to open this person's frames from now on. */
export interface SharedKey {
  generation: number;
  step: number;
  baseKey: Bytes;
}

/** `KID = generation << 4 | step` */
export function kidOf({ generation, step }: Pick<SharedKey, "generation" | "step">): bigint {
  return (BigInt(generation) << STEP_BITS) | BigInt(step);
}

export function readKid(kid: bigint): { generation: number; step: number } {
  return { generation: Number(kid >> STEP_BITS), step: Number(kid & BigInt(MAX_STEP)) };
}

export function newGeneration(generation: number): SharedKey {
  const baseKey = crypto.getRandomValues(new Uint8Array(BASE_KEY_BYTES));
  return { generation, step: 0, baseKey };
}

/** One step ahead; there is no way back (RFC 9605, section 5.1). */
export async function ratchet({ generation, step, baseKey }: SharedKey): Promise<SharedKey> {
  const next = await hkdf("SHA-512", {
    secret: baseKey,
    salt: new Uint8Array(0),
    info: utf8("SFrame 1.0 Ratchet"),
    length: RATCHETED_BYTES,
  });
  return { generation, step: step + 1, baseKey: next };
}

/** A shared key, ready to seal or open frames. */
export function frameKeyOf(key: SharedKey): Promise<SFrameKey> {
  return importSFrameKey(5, kidOf(key), key.baseKey);
}
