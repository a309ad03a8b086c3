/** The person at the terminal, or the program on the other end of the pipe. */

export interface Terminal {
  say(text: string): void;
  complain(text: string): void;
  /** Typed unseen, or the next line of what is piped in; null at its end or when given up. */
  secret(question: string): Promise<string | null>;
  /** Somebody types, so typing errors happen. */
  readonly isInteractive: boolean;
}

const LINE_ENDS: ReadonlySet<string> = new Set(["\r", "\n"]);
const GIVE_UP: ReadonlySet<string> = new Set(["\x03", "\x04"]);
const RUB_OUT: ReadonlySet<string> = new Set(["\x7f", "\b"]);
/** Nobody's password is longer; a pipe without end must not fill the memory. */
const MAX_LINE_CHARS = 4_096;

export const processTerminal: Terminal = {
  say: (text) => write(Deno.stdout, `${text}\n`),
  complain: (text) => write(Deno.stderr, `${text}\n`),
  get isInteractive() {
    return Deno.stdin.isTerminal();
  },
  async secret(question) {
    if (!Deno.stdin.isTerminal()) return await readLine();
    write(Deno.stderr, question);
    Deno.stdin.setRaw(true);
    try {
      return await readLine();
    } finally {
      Deno.stdin.setRaw(false);
      write(Deno.stderr, "\n");
    }
  },
};

function write(stream: { writeSync(bytes: Uint8Array): number }, text: string): void {
  let rest = new TextEncoder().encode(text);
  while (rest.length > 0) rest = rest.subarray(stream.writeSync(rest));
}

/** What one read brought beyond the end of the line. */
let ahead = "";
const decoder = new TextDecoder();
const chunk = new Uint8Array(1_024);

async function readLine(): Promise<string | null> {
  let line = "";
  while (true) {
    while (ahead !== "") {
      const [char = ""] = ahead;
      ahead = ahead.slice(char.length);
      if (GIVE_UP.has(char)) return null;
      if (LINE_ENDS.has(char)) {
        if (char === "\r" && ahead.startsWith("\n")) ahead = ahead.slice(1);
        return line;
      }
      line = RUB_OUT.has(char) ? [...line].slice(0, -1).join("") : line + char;
      if (line.length > MAX_LINE_CHARS) return null;
    }
    const read = await Deno.stdin.read(chunk);
    if (read === null) return line === "" ? null : line;
    ahead = decoder.decode(chunk.subarray(0, read), { stream: true });
  }
}
