/**
 * The password everybody signs in with: from the environment, generated at first start, or chosen
 * by an administrator. The latest of these words counts.
 */
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
  if (configured === null) {
    // The variable is gone; should it come back, it is a new word.
    if (stored?.environment) await saveAccessPassword(kv, { ...stored, environment: null });
    if (stored !== null) return null;
    const password = generatePassword();
    await saveAccessPassword(kv, { ...await hashPassword(password), environment: null });
    return password;
  }
  const obeyed = stored?.environment ?? stored;
  if (obeyed === null || !await verifyPassword(configured, obeyed)) {
    const hash = await hashPassword(configured);
    await saveAccessPassword(kv, { ...hash, environment: hash });
  }
  return null;
}

export interface PasswordChange {
  /** Null: one is generated. */
  password: string | null;
  /** What the environment says; it keeps quiet from now on, until it says something else. */
  configured: string | null;
}

/** @returns the generated password, once; null when it was chosen */
export async function changeAccessPassword(
  kv: Deno.Kv,
  { password, configured }: PasswordChange,
): Promise<string | null> {
  const chosen = password ?? generatePassword();
  const environment = configured === null ? null : await hashPassword(configured);
  await saveAccessPassword(kv, { ...await hashPassword(chosen), environment });
  return password === null ? chosen : null;
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
