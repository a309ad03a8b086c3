/**
 * The SFrame header (RFC 9605, section 4.3): one configuration octet, then key id and counter, each
 * in as few octets as it needs. Values below 8 stand in the configuration octet itself.
 *
 *      0 1 2 3 4 5 6 7
 *     +-+-+-+-+-+-+-+-+
 *     |X|  K  |Y|  C  |
 *     +-+-+-+-+-+-+-+-+
 */
import { bigEndian, type Bytes, concat } from "./bytes.ts";

/** The largest value that fits into three bits. */
const MAX_SHORT = 7n;
const MAX_VALUE = (1n << 64n) - 1n;

export interface SFrameHeader {
  kid: bigint;
  ctr: bigint;
  /** Octets that the header takes. */
  length: number;
}

interface Field {
  /** The four bits of the configuration octet: extended or not, and value or length − 1. */
  bits: number;
  octets: Bytes;
}

function encodeField(value: bigint): Field {
  if (value < 0n || value > MAX_VALUE) throw new RangeError("SFrame value out of 64 bits");
  if (value <= MAX_SHORT) return { bits: Number(value), octets: new Uint8Array(0) };
  const length = Math.ceil(value.toString(16).length / 2);
  return { bits: 0b1000 | (length - 1), octets: bigEndian(value, length) };
}

export function encodeHeader(kid: bigint, ctr: bigint): Bytes {
  const key = encodeField(kid);
  const counter = encodeField(ctr);
  return concat(new Uint8Array([(key.bits << 4) | counter.bits]), key.octets, counter.octets);
}

/** Null when the frame is too short for what its first octet announces. */
export function decodeHeader(frame: Uint8Array): SFrameHeader | null {
  const config = frame[0];
  if (config === undefined) return null;
  let offset = 1;
  const read = (bits: number): bigint => {
    if ((bits & 0b1000) === 0) return BigInt(bits);
    let value = 0n;
    for (const end = offset + (bits & 0b0111) + 1; offset < end; offset++) {
      value = (value << 8n) | BigInt(frame[offset] ?? 0);
    }
    return value;
  };
  const kid = read(config >> 4);
  const ctr = read(config & 0b1111);
  return offset > frame.length ? null : { kid, ctr, length: offset };
}
