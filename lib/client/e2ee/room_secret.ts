/**
 * The secret of a room that travels in the fragment of its link: browsers send fragments to nobody,
 * so the server never sees it. Who holds it can tell that nobody sits between them and the others
 * who hold it, and knows what whoever made the room demands, whatever the server says later. Kept in
 * this browser, so that a reload and the next visit still have it.
 */
import { type Bytes, concat, fromBase64Url, toBase64Url } from "./bytes.ts";

const KEY_BYTES = 32;
/** Name of the fragment's parameter. */
const PARAMETER = "k";
/** Bit of the octet before the key: whoever made the room demands encryption. */
const ENCRYPTION_REQUIRED = 1;

/** The secret of a room, and what everybody who holds it knows about the room. */
export interface RoomSecret {
  /** 32 octets. */
  readonly key: Bytes;
  /** Whoever made the room wants no link in it that is not encrypted end to end. */
  readonly encryptionRequired: boolean;
}

const secretName = (roomCode: string) => `vc.room_secret.${roomCode}`;
const demandName = (roomCode: string) => `vc.room_encrypted.${roomCode}`;

/** Makes a secret for a new room. */
export function createRoomSecret(
  roomCode: string,
  { encryptionRequired }: Pick<RoomSecret, "encryptionRequired">,
): void {
  const key = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
  keepRoomSecret(roomCode, writeSecret({ key, encryptionRequired }));
}

/** Remembers a secret that came with a link; anything that is none is ignored. */
export function keepRoomSecret(roomCode: string, text: string): void {
  const secret = parse(text);
  if (secret === null) return;
  store(secretName(roomCode), text);
  if (secret.encryptionRequired) rememberEncryption(roomCode);
}

/** Takes a secret that came in the page's own address, out of the address bar and the history. */
export function takeRoomSecret(roomCode: string): void {
  const { secret, rest } = readFragment(location.hash);
  if (secret === null) return;
  keepRoomSecret(roomCode, secret);
  history.replaceState(history.state, "", location.pathname + location.search + rest);
}

/** Null: this browser came without one. */
export function recallRoomSecret(roomCode: string): RoomSecret | null {
  return parse(recall(secretName(roomCode)) ?? "");
}

/** This browser has once seen that the room demands encryption: from then on it always does. */
export function rememberEncryption(roomCode: string): void {
  store(demandName(roomCode), "1");
}

export function recallsEncryption(roomCode: string): boolean {
  return recall(demandName(roomCode)) !== null;
}

/** The link with the room's secret in its fragment, where there is one. */
export function withRoomSecret(link: string, roomCode: string): string {
  const secret = recallRoomSecret(roomCode);
  if (secret === null) return link;
  const glue = link.includes("#") ? "&" : "#";
  return `${link}${glue}${PARAMETER}=${writeSecret(secret)}`;
}

/** base64url; 32 octets, or 33 where something is demanded. */
export function writeSecret({ key, encryptionRequired }: RoomSecret): string {
  if (!encryptionRequired) return toBase64Url(key);
  return toBase64Url(concat(new Uint8Array([ENCRYPTION_REQUIRED]), key));
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

function parse(text: string): RoomSecret | null {
  try {
    const bytes = fromBase64Url(text);
    if (bytes.length === KEY_BYTES) return { key: bytes, encryptionRequired: false };
    if (bytes.length !== KEY_BYTES + 1) return null;
    return { key: bytes.slice(1), encryptionRequired: (bytes[0]! & ENCRYPTION_REQUIRED) !== 0 };
  } catch {
    return null;
  }
}

function store(name: string, value: string): void {
  try {
    localStorage.setItem(name, value);
  } catch {
    // Storage may be blocked: the call is encrypted all the same, but not verified by the link.
  }
}

function recall(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}
