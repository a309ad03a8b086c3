/** The DTLS certificate that a session description stands for (RFC 8122). */
import type { Fingerprints } from "./peer_link_ports.ts";

const LINE = /^a=fingerprint:sha-256 ((?:[0-9a-f]{2}:){31}[0-9a-f]{2})\s*$/gim;

/**
 * 32 octets; null when there is none, or when there is more than one: browsers have one certificate
 * per connection, and a description with two is not theirs.
 */
export function fingerprintOf(sdp: string): Uint8Array<ArrayBuffer> | null {
  const found = new Set([...sdp.matchAll(LINE)].map((match) => match[1]!.toLowerCase()));
  const [only] = found;
  if (only === undefined || found.size > 1) return null;
  return Uint8Array.from(only.split(":"), (octet) => parseInt(octet, 16));
}

/** Of a connection, or those that it is about to have. */
export type Descriptions = Readonly<
  Record<"localDescription" | "remoteDescription", { sdp: string } | null>
>;

export function isSamePair(one: Fingerprints, other: Fingerprints): boolean {
  return isSame(one.selfFingerprint, other.selfFingerprint) &&
    isSame(one.peerFingerprint, other.peerFingerprint);
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((octet, index) => octet === other[index]);
}

/** @throws DOMException when a side is not described, or not by one certificate */
export function fingerprintsOf(
  { localDescription, remoteDescription }: Descriptions,
): Fingerprints {
  const selfFingerprint = fingerprintOf(localDescription?.sdp ?? "");
  const peerFingerprint = fingerprintOf(remoteDescription?.sdp ?? "");
  if (selfFingerprint === null || peerFingerprint === null) {
    throw new DOMException("no SHA-256 fingerprint in the description", "OperationError");
  }
  return { selfFingerprint, peerFingerprint };
}
