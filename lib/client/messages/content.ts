/**
 * What people's pages say to each other inside an encrypted box. It comes from strangers: whatever
 * is not of this form is ignored.
 */

/** A message that is kept until it is acknowledged. */
export interface Data {
  kind: "data";
  /** Names one life of the sender's page; numbers start again with a new one. */
  stream: string;
  /** Counts what this receiver is sent, without gaps. */
  seq: number;
  /** The oldest that the sender still keeps: whatever came before needs no waiting for. */
  base: number;
  /** The same for all receivers, and after a reload: told twice, shown once. */
  id: string;
  topic: string;
  body: unknown;
}

/** Everything of this stream up to `seq` has arrived. */
export interface Ack {
  kind: "ack";
  stream: string;
  seq: number;
}

/** Said once; the next one of its topic replaces it. */
export interface Word {
  kind: "word";
  topic: string;
  body: unknown;
}

/** Signaling that goes through somebody else's hands. */
export interface SealedSignal {
  kind: "signal";
  signal: unknown;
}

export type Content = Data | Ack | Word | SealedSignal;

const MAX_NAME_CHARS = 64;

/** Null: not one of ours. */
export function readContent(text: string): Content | null {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof content !== "object" || content === null) return null;
  return isContent(content as Record<string, unknown>) ? content as unknown as Content : null;
}

function isContent(content: Record<string, unknown>): boolean {
  const { kind, stream, seq, base, id, topic } = content;
  switch (kind) {
    case "data":
      return isName(stream) && isNumber(seq) && isNumber(base) && base <= seq && isName(id) &&
        isName(topic);
    case "ack":
      // Nothing yet is acknowledged as 0.
      return isName(stream) && (seq === 0 || isNumber(seq));
    case "word":
      return isName(topic);
    case "signal":
      return true;
    default:
      return false;
  }
}

function isName(value: unknown): value is string {
  return typeof value === "string" && value !== "" && value.length <= MAX_NAME_CHARS;
}

function isNumber(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 1;
}
