/** Reads doc comments out of sources that are laid out by `deno fmt`. */

const COMMENTED =
  /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*(?:export const |readonly )?"?([\w-]+)"?\??\s*[:=,]/g;

/** What is written above each name, whether it is a field or an exported constant. */
export function commentsIn(source: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [, comment = "", name = ""] of source.matchAll(COMMENTED)) {
    found[name] = comment.split("\n").map((line) => line.replace(/^\s*\*? ?/, "").trim())
      .filter((line) => line !== "").join(" ");
  }
  return found;
}

/**
 * The lines of a declaration, from its first to the one that closes it at the margin.
 * @param start how the declaration begins, as in `export const VideoRoom = `
 * @throws Error when there is none
 */
export function declaration(source: string, start: string): string {
  const from = source.indexOf(start);
  if (from < 0) throw new Error(`no declaration begins with ${JSON.stringify(start)}`);
  const rest = source.slice(from);
  const [line = ""] = rest.split("\n", 1);
  if (line.endsWith(";")) return line;
  const end = /\n[}\])]/.exec(rest);
  return end ? rest.slice(0, end.index) : rest;
}
