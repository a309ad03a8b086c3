/** What may be said in the chat: text, of bounded length, without what only programs can see. */
import { MAX_CHAT_BYTES, MAX_CHAT_GRAPHEMES } from "../../shared/protocol/limits.ts";

/** Everything below space but line breaks and tabs, and what else moves a cursor. */
// deno-lint-ignore no-control-regex
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028\u2029]/g;

/** As it is sent and shown; empty when there is nothing to say. */
export function cleanText(text: string): string {
  return text.replaceAll("\r\n", "\n").replaceAll("\r", "\n").replace(CONTROLS, "").trim();
}

/** Octets first: they are cheap to count, and no message within them is long to go through. */
export function isTooLong(text: string): boolean {
  return new TextEncoder().encode(text).length > MAX_CHAT_BYTES ||
    graphemesIn(text) > MAX_CHAT_GRAPHEMES;
}

function graphemesIn(text: string): number {
  // Browsers from before 2024 count code points: they may say a little less.
  if (!("Segmenter" in Intl)) return [...text].length;
  return [...new Intl.Segmenter().segment(text)].length;
}

/** What somebody else's page sent; null: not a chat message, or more than one may say. */
export function readChatBody(body: unknown): string | null {
  if (typeof body !== "object" || body === null) return null;
  const { text } = body as { text?: unknown };
  if (typeof text !== "string" || text.length > MAX_CHAT_BYTES) return null;
  const clean = cleanText(text);
  return clean === "" || isTooLong(clean) ? null : clean;
}
