/** The DTLS certificate that a session description stands for (RFC 8122). */

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
