/** STUN and TURN servers for one user, with credentials that expire where a secret is shared. */
import type { IceServer } from "../../shared/protocol/participants.ts";
import { TURN_CREDENTIAL_SECONDS } from "../../shared/protocol/limits.ts";
import type { IceConfig } from "../config.ts";

/** Browsers refuse a TURN address without a user, also for servers that ask for none. */
const ANONYMOUS = { username: "anonymous", credential: "anonymous" };

/** @param now milliseconds since the epoch */
export async function iceServersFor(
  ice: IceConfig,
  userId: number,
  now: number,
): Promise<IceServer[]> {
  const servers: IceServer[] = [];
  if (ice.stunUrls.length > 0) servers.push({ urls: [...ice.stunUrls] });
  if (ice.turnUrls.length > 0) {
    const user = ice.turnSecret === null
      ? ice.turnUser ?? ANONYMOUS
      : await temporaryUser(ice.turnSecret, userId, now);
    servers.push({ urls: [...ice.turnUrls], ...user });
  }
  return servers;
}

/**
 * coturn's `use-auth-secret` (draft-uberti-behave-turn-rest): the name carries the end of validity
 * in seconds, the password is its HMAC-SHA-1 in base64.
 */
async function temporaryUser(secret: string, userId: number, now: number) {
  const username = `${Math.floor(now / 1000) + TURN_CREDENTIAL_SECONDS}:${userId}`;
  const bytes = new TextEncoder();
  const algorithm = { name: "HMAC", hash: "SHA-1" };
  const key = await crypto.subtle.importKey("raw", bytes.encode(secret), algorithm, false, [
    "sign",
  ]);
  const signature = await crypto.subtle.sign("HMAC", key, bytes.encode(username));
  return { username, credential: new Uint8Array(signature).toBase64() };
}
