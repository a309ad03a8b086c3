/** STUN and TURN messages (RFC 8489, RFC 8656): as much as it takes to ask a server. */
import { Buffer } from "node:buffer";
import { createHash, createHmac, randomBytes } from "node:crypto";

export const METHOD = { binding: 0x001, allocate: 0x003, refresh: 0x004 } as const;
export type Method = keyof typeof METHOD;

export const ATTRIBUTE = {
  username: 0x0006,
  messageIntegrity: 0x0008,
  errorCode: 0x0009,
  lifetime: 0x000d,
  realm: 0x0014,
  nonce: 0x0015,
  requestedTransport: 0x0019,
} as const;

const MAGIC_COOKIE = 0x2112a442;
const HEADER_BYTES = 20;
const HMAC_BYTES = 20;
const ERROR_CLASS = 0x110;
const SUCCESS_CLASS = 0x100;
const CLASS_MASK = 0x110;
const UDP_PROTOCOL = 17;

export interface Credentials {
  username: string;
  credential: string;
}

/** What the server says it needs before it believes somebody. */
export interface Challenge {
  realm: string;
  nonce: Buffer;
}

export interface Answer {
  success: boolean;
  /** As in 401; null in a success. */
  errorCode: number | null;
  challenge: Challenge | null;
}

export interface Request {
  bytes: Buffer;
  transactionId: Buffer;
}

/** @param proof who asks, where the server demands it */
export function request(
  method: Method,
  options: { lifetimeSeconds?: number; proof?: Challenge & Credentials } = {},
): Request {
  const { lifetimeSeconds, proof } = options;
  const attributes: Buffer[] = [];
  if (method === "allocate") {
    attributes.push(attribute(ATTRIBUTE.requestedTransport, Buffer.from([UDP_PROTOCOL, 0, 0, 0])));
  }
  if (lifetimeSeconds !== undefined) {
    const value = Buffer.alloc(4);
    value.writeUInt32BE(lifetimeSeconds);
    attributes.push(attribute(ATTRIBUTE.lifetime, value));
  }
  if (proof !== undefined) {
    attributes.push(
      attribute(ATTRIBUTE.username, Buffer.from(proof.username)),
      attribute(ATTRIBUTE.realm, Buffer.from(proof.realm)),
      attribute(ATTRIBUTE.nonce, proof.nonce),
    );
  }
  const transactionId = randomBytes(12);
  const bytes = message(METHOD[method], transactionId, Buffer.concat(attributes));
  return { transactionId, bytes: proof === undefined ? bytes : signed(bytes, proof) };
}

/** Null when these bytes are no answer to this request. */
export function readAnswer(bytes: Buffer, { transactionId }: Request): Answer | null {
  if (bytes.length < HEADER_BYTES || bytes.readUInt32BE(4) !== MAGIC_COOKIE) return null;
  if (!bytes.subarray(8, HEADER_BYTES).equals(transactionId)) return null;
  const kind = bytes.readUInt16BE(0) & CLASS_MASK;
  if (kind !== SUCCESS_CLASS && kind !== ERROR_CLASS) return null;
  const found = attributesIn(bytes);
  const error = found.get(ATTRIBUTE.errorCode);
  const [realm, nonce] = [found.get(ATTRIBUTE.realm), found.get(ATTRIBUTE.nonce)];
  return {
    success: kind === SUCCESS_CLASS,
    errorCode: error === undefined || error.length < 4 ? null : error[2]! % 8 * 100 + error[3]!,
    challenge: realm && nonce ? { realm: realm.toString(), nonce: Buffer.from(nonce) } : null,
  };
}

/** Over a stream: how long the message at the start is. Null while even that has not arrived. */
export function messageBytes(start: Buffer): number | null {
  return start.length < 4 ? null : HEADER_BYTES + start.readUInt16BE(2);
}

function message(type: number, transactionId: Buffer, attributes: Buffer): Buffer {
  const header = Buffer.alloc(8);
  header.writeUInt16BE(type, 0);
  header.writeUInt16BE(attributes.length, 2);
  header.writeUInt32BE(MAGIC_COOKIE, 4);
  return Buffer.concat([header, transactionId, attributes]);
}

/** Attributes fill up to four bytes, and their length does not count the filling. */
function attribute(type: number, value: Buffer): Buffer {
  const header = Buffer.alloc(4);
  header.writeUInt16BE(type, 0);
  header.writeUInt16BE(value.length, 2);
  return Buffer.concat([header, value, Buffer.alloc(padding(value.length))]);
}

function padding(length: number): number {
  return (4 - length % 4) % 4;
}

/** The long-term credential mechanism (RFC 8489 section 9.2); its key is MD5 by the standard. */
function signed(bytes: Buffer, { username, realm, credential }: Challenge & Credentials): Buffer {
  const key = createHash("md5").update(`${username}:${realm}:${credential}`).digest();
  const declared = Buffer.from(bytes);
  // The length that is signed counts the signature itself.
  declared.writeUInt16BE(bytes.length - HEADER_BYTES + 4 + HMAC_BYTES, 2);
  const signature = createHmac("sha1", key).update(declared).digest();
  return Buffer.concat([declared, attribute(ATTRIBUTE.messageIntegrity, signature)]);
}

function attributesIn(bytes: Buffer): Map<number, Buffer> {
  const found = new Map<number, Buffer>();
  let at = HEADER_BYTES;
  while (at + 4 <= bytes.length) {
    const length = bytes.readUInt16BE(at + 2);
    found.set(bytes.readUInt16BE(at), bytes.subarray(at + 4, at + 4 + length));
    at += 4 + length + padding(length);
  }
  return found;
}
