/**
 * What this tab has read and written in a room's chat, so that a reload does not lose it. In the
 * tab's own storage only: never on the server, and gone with the call.
 */
import { MAX_CHAT_LINES } from "../../shared/protocol/limits.ts";

/** One line as it is kept. */
export interface KeptLine {
  readonly id: string;
  /** participant_id */
  readonly from: number;
  readonly name: string;
  readonly own: boolean;
  readonly text: string;
  /** Milliseconds since the epoch, by this browser's clock: when it was written or came. */
  readonly atMs: number;
  /** Own lines: participant_ids of those who have not got it yet. */
  readonly waiting: readonly number[];
  /** Own lines: how many have it. */
  readonly arrived: number;
}

/** Browsers give a tab some five million characters for everything. */
const MAX_KEPT_CHARS = 500_000;

const key = (roomCode: string) => `vc.chat.${roomCode}`;

/** The newest that may be kept. */
export function newest<Line extends { text: string }>(lines: readonly Line[]): readonly Line[] {
  let chars = 0;
  let count = 0;
  for (const { text } of lines.toReversed()) {
    chars += text.length;
    if (count === MAX_CHAT_LINES || chars > MAX_KEPT_CHARS) break;
    count++;
  }
  return lines.slice(lines.length - count);
}

export function rememberChat(roomCode: string, lines: readonly KeptLine[]): void {
  withStorage((storage) => storage.setItem(key(roomCode), JSON.stringify(lines)));
}

export function recallChat(roomCode: string): KeptLine[] {
  return withStorage((storage) => {
    const kept: unknown = JSON.parse(storage.getItem(key(roomCode)) ?? "[]");
    return Array.isArray(kept) ? kept as KeptLine[] : [];
  }) ?? [];
}

export function forgetChat(roomCode: string): void {
  withStorage((storage) => storage.removeItem(key(roomCode)));
}

function withStorage<Value>(use: (storage: Storage) => Value): Value | undefined {
  try {
    return use(sessionStorage);
  } catch {
    // Blocked by the browser's settings, full, or written by another version.
    return undefined;
  }
}
