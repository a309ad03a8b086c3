/** Hashing passwords: PBKDF2 by WebCrypto, which works off the event loop. */
import { timingSafeEqual } from "node:crypto";
import type { PasswordHash } from "../store/access_password.ts";
import { Gate } from "./gate.ts";

/** OWASP's number for PBKDF2 with SHA-256. */
const ITERATIONS = 600_000;
const SALT_BYTES = 16;
const HASH_BYTES = 32;

/** A flood of sign-ins must not take all cores; half a minute of waiting is enough for honest ones. */
const gate = new Gate(2, 100);

const BASE64URL = { alphabet: "base64url", omitPadding: true } as const;

export async function hashPassword(password: string): Promise<PasswordHash> {
  const salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES));
  const hash = await derive(password, salt, ITERATIONS);
  return {
    algorithm: "PBKDF2-SHA-256",
    iterations: ITERATIONS,
    salt: salt.toBase64(BASE64URL),
    hash: hash.toBase64(BASE64URL),
  };
}

/** @throws AppError UNAVAILABLE when too many sign-ins wait */
export async function verifyPassword(password: string, stored: PasswordHash): Promise<boolean> {
  const salt = Uint8Array.fromBase64(stored.salt, { alphabet: "base64url" });
  const expected = Uint8Array.fromBase64(stored.hash, { alphabet: "base64url" });
  return timingSafeEqual(await derive(password, salt, stored.iterations), expected);
}

function derive(
  password: string,
  salt: Uint8Array<ArrayBuffer>,
  iterations: number,
): Promise<Uint8Array> {
  return gate.pass(async () => {
    const bytes = new TextEncoder().encode(password.normalize("NFC"));
    const key = await crypto.subtle.importKey("raw", bytes, "PBKDF2", false, ["deriveBits"]);
    const algorithm = { name: "PBKDF2", hash: "SHA-256", salt, iterations };
    return new Uint8Array(await crypto.subtle.deriveBits(algorithm, key, HASH_BYTES * 8));
  });
}
