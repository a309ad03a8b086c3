/** Room codes as people write, paste and read them. */
import { ROOM_CODE_ALPHABET, ROOM_CODE_CHARS } from "../protocol/limits.ts";

/** Letters left out of the alphabet because they look like digits. */
const LOOK_ALIKES: Readonly<Record<string, string>> = { I: "1", L: "1", O: "0" };

/**
 * The code in what somebody typed or pasted: a code in any case with spaces or dashes, or a link to
 * a room page. Null when there is none.
 */
export function parseRoomCode(input: string): string | null {
  const text = input.trim();
  const inLink = /\/room\/([^/?#\s]+)/.exec(text)?.[1];
  const code = (inLink ?? text).toUpperCase().replace(/[\s\-–—_.]/g, "")
    .replace(/[ILO]/g, (letter) => LOOK_ALIKES[letter] ?? letter);
  const isCode = code.length === ROOM_CODE_CHARS &&
    [...code].every((letter) => ROOM_CODE_ALPHABET.includes(letter));
  return isCode ? code : null;
}

/** `7GK2M4QX` → `7GK2-M4QX`: two groups are easier to read out than eight characters. */
export function formatRoomCode(code: string): string {
  const half = Math.ceil(code.length / 2);
  return `${code.slice(0, half)}-${code.slice(half)}`;
}
