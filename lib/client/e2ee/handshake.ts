/**
 * The pair handshake "mesh-e2ee v1": two people agree on keys over a channel that neither trusts.
 *
 * The one with the lower id commits to its key before it sees the other's, so that nobody between
 * them can search for a matching verification code. The transcript covers the DTLS fingerprints as
 * each side sees them: whoever sits in the middle of the media connection makes the two transcripts
 * differ, and no key comes out. Octet strings below are exact; `docs/security.md` gives the reasons.
 */
import { type Bytes, concat, equalInConstantTime, prefixed, toBase64Url, utf8 } from "./bytes.ts";
import { hkdf } from "./sframe.ts";

const VERSION = "mesh-e2ee v1";
const CURVE = { name: "ECDH", namedCurve: "P-256" } as const;
const HANDSHAKE_NONCE_BYTES = 16;
const KEY_BYTES = 32;
/** 7 emoji of 64: 42 bits. */
const CODE_EMOJI = 7;
const CODE_BYTES = 6;

/** What one side shows of itself. */
export interface Hello {
  /** participant_id, in decimal. */
  readonly id: string;
  /** Uncompressed P-256 point. */
  readonly publicKey: Bytes;
  readonly nonce: Bytes;
}

/** One side, with the DTLS fingerprint (SHA-256) that belongs to it. */
export interface Party extends Hello {
  readonly fingerprint: Bytes;
}

/** This side's part of one handshake; the private key cannot be read, not even here. */
export interface Ephemeral {
  readonly hello: Hello;
  readonly privateKey: CryptoKey;
}

export interface PairKeys {
  /** Encrypts what this side sends to the other. */
  readonly sendKey: Bytes;
  readonly receiveKey: Bytes;
  /** Proves to the other side that this one has the same keys. */
  readonly confirmation: Bytes;
  readonly expectedConfirmation: Bytes;
  /** 7 numbers from 0 to 63, the same on both sides, to be compared by eye or voice. */
  readonly code: readonly number[];
  /** Everything that both sides saw alike; not secret. */
  readonly transcript: Bytes;
}

/** What a proof is made with: the secret of the link, or the agreement that was there before. */
export type ProofKind = "link" | "before";

export async function createEphemeral(id: string): Promise<Ephemeral> {
  const { publicKey, privateKey } = await crypto.subtle.generateKey(CURVE, false, ["deriveBits"]);
  return {
    privateKey,
    hello: {
      id,
      publicKey: new Uint8Array(await crypto.subtle.exportKey("raw", publicKey)),
      nonce: crypto.getRandomValues(new Uint8Array(HANDSHAKE_NONCE_BYTES)),
    },
  };
}

/** What the lower side sends first, before it has seen anything of the other. */
export async function commitmentOf({ publicKey, nonce }: Hello): Promise<Bytes> {
  return await sha256(concat(publicKey, nonce));
}

export async function keepsCommitment(hello: Hello, commitment: Uint8Array): Promise<boolean> {
  return equalInConstantTime(await commitmentOf(hello), commitment);
}

/** The order of the two: by the octets of the id. */
export function isLower(id: string, otherId: string): boolean {
  const [one, other] = [utf8(id), utf8(otherId)];
  for (let index = 0; index < Math.min(one.length, other.length); index++) {
    if (one[index] !== other[index]) return one[index]! < other[index]!;
  }
  return one.length < other.length;
}

/** SHA-256 over everything that both sides must see alike. */
export async function transcriptOf(room: string, lower: Party, higher: Party): Promise<Bytes> {
  const describe = ({ id, publicKey, nonce, fingerprint }: Party) =>
    concat(prefixed(utf8(id)), prefixed(publicKey), prefixed(nonce), prefixed(fingerprint));
  return await sha256(
    concat(utf8(VERSION), prefixed(utf8(room)), describe(lower), describe(higher)),
  );
}

export interface Agreement {
  room: string;
  self: Party;
  peer: Party;
  privateKey: CryptoKey;
  /** 32 octets from the link; zeros when the call is "encrypted, not verified". */
  roomSecret: Uint8Array;
}

/** @throws DataError when the other side's key is no point of the curve */
export async function agree(agreement: Agreement): Promise<PairKeys> {
  const { room, self, peer, roomSecret } = agreement;
  const lower = isLower(self.id, peer.id);
  const [transcript, shared] = await Promise.all([
    transcriptOf(room, lower ? self : peer, lower ? peer : self),
    sharedSecret(agreement.privateKey, peer.publicKey),
  ]);
  const derive = (secret: Bytes, label: string, length: number) =>
    hkdf("SHA-512", { secret, salt: transcript, info: utf8(`${VERSION} ${label}`), length });
  const [keys, codeBytes] = await Promise.all([
    derive(concat(shared, roomSecret), "pair", 3 * KEY_BYTES),
    derive(shared, "sas", CODE_BYTES),
  ]);
  const [toHigher, toLower, confirmKey] = [0, 1, 2].map((index) =>
    keys.slice(index * KEY_BYTES, (index + 1) * KEY_BYTES)
  ) as [Bytes, Bytes, Bytes];
  const [confirmation, expectedConfirmation] = await Promise.all([
    confirm(confirmKey, self.id, transcript),
    confirm(confirmKey, peer.id, transcript),
  ]);
  return {
    sendKey: lower ? toHigher : toLower,
    receiveKey: lower ? toLower : toHigher,
    confirmation,
    expectedConfirmation,
    code: codeOf(codeBytes),
    transcript,
  };
}

/** Keys for messages of the call, one per direction: neither tells anything of the pair keys. */
export async function messageKeys(
  { sendKey, receiveKey }: Pick<PairKeys, "sendKey" | "receiveKey">,
): Promise<{ sendKey: Bytes; receiveKey: Bytes }> {
  const [send, receive] = await Promise.all(
    [sendKey, receiveKey].map((key) => deriveFrom(key, "messages")),
  ) as [Bytes, Bytes];
  return { sendKey: send, receiveKey: receive };
}

/** The same on both sides: shows in the next agreement that it is made by the same two. */
export async function continuityKey({ sendKey, receiveKey }: PairKeys): Promise<Bytes> {
  const inOrder = isLower(toBase64Url(sendKey), toBase64Url(receiveKey));
  return await deriveFrom(
    inOrder ? concat(sendKey, receiveKey) : concat(receiveKey, sendKey),
    "continuity",
  );
}

/**
 * Shows that `id` has `key` and made this very agreement: nobody in between has both.
 *
 * @param id participant_id of who proves, in decimal
 */
export async function proofOf(
  { kind, key, id, transcript }: { kind: ProofKind; key: Bytes; id: string; transcript: Bytes },
): Promise<Bytes> {
  return await hmac(key, concat(utf8(`${VERSION} proof ${kind}`), prefixed(utf8(id)), transcript));
}

function deriveFrom(secret: Bytes, label: string): Promise<Bytes> {
  const info = utf8(`${VERSION} ${label}`);
  return hkdf("SHA-512", { secret, salt: new Uint8Array(0), info, length: KEY_BYTES });
}

async function sharedSecret(privateKey: CryptoKey, publicKey: Bytes): Promise<Bytes> {
  const peer = await crypto.subtle.importKey("raw", publicKey, CURVE, false, []);
  return new Uint8Array(
    await crypto.subtle.deriveBits({ name: "ECDH", public: peer }, privateKey, KEY_BYTES * 8),
  );
}

function confirm(key: Bytes, id: string, transcript: Bytes): Promise<Bytes> {
  return hmac(key, concat(utf8("confirm"), prefixed(utf8(id)), transcript));
}

/** HMAC with SHA-256. */
export async function hmac(key: Bytes, message: Bytes): Promise<Bytes> {
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const imported = await crypto.subtle.importKey("raw", key, algorithm, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", imported, message));
}

/** Six bits each, from the left. */
function codeOf(bytes: Uint8Array): number[] {
  let bits = 0n;
  for (const byte of bytes) bits = (bits << 8n) | BigInt(byte);
  const total = CODE_BYTES * 8;
  return Array.from(
    { length: CODE_EMOJI },
    (_, index) => Number((bits >> BigInt(total - 6 * (index + 1))) & 63n),
  );
}

async function sha256(bytes: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}
