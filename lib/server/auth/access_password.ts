/** The password everybody signs in with: from the environment, or generated at first start. */
import { loadAccessPassword, saveAccessPassword } from "../store/access_password.ts";
import { hashPassword, verifyPassword } from "./passwords.ts";

/** Read off a terminal and typed on a phone: no look-alikes, no capitals. */
const ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz";
const GROUPS = 4;
const GROUP_CHARS = 4;

/**
 * Makes sure that a hash is stored and fits `configured`. Sessions stay valid when it changes.
 * @returns the generated password, once; null when there is nothing to tell
 */
export async function ensureAccessPassword(
  kv: Deno.Kv,
  configured: string | null,
): Promise<string | null> {
  const stored = await loadAccessPassword(kv);
  if (configured === null && stored !== null) return null;
  if (configured !== null && stored !== null && await verifyPassword(configured, stored)) {
    return null;
  }
  const password = configured ?? generatePassword();
  await saveAccessPassword(kv, await hashPassword(password));
  return configured === null ? password : null;
}

/** As in `k7m2-p9xq-hw4d-3ten`: 79 bits. */
export function generatePassword(): string {
  const groups = Array.from({ length: GROUPS }, () => {
    return Array.from({ length: GROUP_CHARS }, randomLetter).join("");
  });
  return groups.join("-");
}

function randomLetter(): string {
  // Bytes beyond the last whole multiple would favour the first letters.
  const limit = 256 - 256 % ALPHABET.length;
  while (true) {
    const byte = crypto.getRandomValues(new Uint8Array(1))[0]!;
    if (byte < limit) return ALPHABET[byte % ALPHABET.length]!;
  }
}
