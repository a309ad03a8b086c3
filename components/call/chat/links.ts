/** Addresses in plain text, to be tapped. */

export interface TextPart {
  readonly text: string;
  /** Where it leads; absent: just text. */
  readonly href?: string;
}

/** Anything else is never a link: no scripts, no files, no other programs. */
const ADDRESS = /\bhttps?:\/\/[^\s<>"'`\u00ab\u00bb\u201c\u201d]+/gi;
/** Ends a sentence rather than an address. */
const TRAILING = /[.,:;!?…'"*_~]+$/;

export function textParts(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let done = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const shown = trimmed(match[0]);
    const href = addressOf(shown);
    if (href === null) continue;
    if (match.index > done) parts.push({ text: text.slice(done, match.index) });
    parts.push({ text: shown, href });
    done = match.index + shown.length;
  }
  if (done < text.length) parts.push({ text: text.slice(done) });
  return parts;
}

/** Without what belongs to the sentence: its last dot, the bracket that was opened before. */
function trimmed(address: string): string {
  let text = address.replace(TRAILING, "");
  for (const [open, close] of ["()", "[]", "{}"]) {
    while (text.endsWith(close!) && count(text, close!) > count(text, open!)) {
      text = text.slice(0, -1).replace(TRAILING, "");
    }
  }
  return text;
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}

/** Null: it only looks like one. A name and password in front hide where it leads. */
function addressOf(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const { protocol, username, password, hostname, href } = new URL(text);
  const web = protocol === "https:" || protocol === "http:";
  return web && hostname !== "" && username === "" && password === "" ? href : null;
}
