/**
 * The secret of a room that travels in the fragment of its link: browsers send fragments to nobody,
 * so the server never sees it. Who holds it can tell that nobody sits between them and the others
 * who hold it. Kept in this browser, so that a reload and the next visit still have it.
 */
import { type Bytes, fromBase64Url, toBase64Url } from "./bytes.ts";

const SECRET_BYTES = 32;
/** Name of the fragment's parameter. */
const PARAMETER = "k";

const keyOf = (roomCode: string) => `vc.room_secret.${roomCode}`;

/** Makes a secret for a new room. */
export function createRoomSecret(roomCode: string): void {
  const secret = crypto.getRandomValues(new Uint8Array(SECRET_BYTES));
  keepRoomSecret(roomCode, toBase64Url(secret));
}

/** Remembers a secret that came with a link; anything that is none is ignored. */
export function keepRoomSecret(roomCode: string, text: string): void {
  if (parse(text) === null) return;
  try {
    localStorage.setItem(keyOf(roomCode), text);
  } catch {
    // Storage may be blocked: the call is encrypted all the same, but not verified by the link.
  }
}

/** Takes a secret that came in the page's own address, out of the address bar and the history. */
export function takeRoomSecret(roomCode: string): void {
  const { secret, rest } = readFragment(location.hash);
  if (secret === null) return;
  keepRoomSecret(roomCode, secret);
  history.replaceState(history.state, "", location.pathname + location.search + rest);
}

/** Null: this browser came without one. */
export function recallRoomSecret(roomCode: string): Bytes | null {
  try {
    return parse(localStorage.getItem(keyOf(roomCode)) ?? "");
  } catch {
    return null;
  }
}

/** The link with the room's secret in its fragment, where there is one. */
export function withRoomSecret(link: string, roomCode: string): string {
  const secret = recallRoomSecret(roomCode);
  if (secret === null) return link;
  const glue = link.includes("#") ? "&" : "#";
  return `${link}${glue}${PARAMETER}=${toBase64Url(secret)}`;
}

/**
 * Takes the secret out of a page's fragment (`#k=…` or `#…&k=…`).
 * @returns the secret, or null, and the fragment without it
 */
export function readFragment(hash: string): { secret: string | null; rest: string } {
  const match = /(?:^#|&)k=([A-Za-z0-9_-]+)/.exec(hash);
  if (match === null) return { secret: null, rest: hash };
  const rest = hash.slice(0, match.index) + hash.slice(match.index + match[0].length);
  return {
    secret: match[1]!,
    rest: rest === "" || rest.startsWith("#") ? rest : `#${rest.slice(1)}`,
  };
}

function parse(text: string): Bytes | null {
  try {
    const bytes = fromBase64Url(text);
    return bytes.length === SECRET_BYTES ? bytes : null;
  } catch {
    return null;
  }
}
