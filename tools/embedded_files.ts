/** Reads the listing that `deno compile` prints of what it put into the binary. */

export interface Listing {
  /** Files, and directories taken whole as `path/*`. */
  readonly entries: readonly string[];
  /** What it says under "Files:". */
  readonly totalBytes: number;
}

const UNITS: Readonly<Record<string, number>> = { B: 1, KB: 1024, MB: 1024 ** 2, GB: 1024 ** 3 };
const SIZE = String.raw`([\d.]+)([KMG]?B)`;
const ENTRY = new RegExp(String.raw`^((?:[│ ] )*)[├└]─[─┬] (.+) \(${SIZE}\)$`);
const TOTAL = new RegExp(String.raw`^Files: ${SIZE}$`);

/** @throws Error when the output has no such listing */
export function parseListing(output: string): Listing {
  const entries: string[] = [];
  const path: string[] = [];
  let totalBytes: number | undefined;
  for (const line of output.split("\n")) {
    const total = TOTAL.exec(line);
    if (total) totalBytes = bytes(total[1], total[2]);
    const entry = ENTRY.exec(line);
    if (!entry) continue;
    const [, indent = "", name = ""] = entry;
    path.length = indent.length / 2;
    path.push(name);
    const isBranch = line.includes("─┬ ");
    if (!isBranch) entries.push(path.join("/"));
  }
  if (totalBytes === undefined || entries.length === 0) {
    throw new Error(`expected a listing of embedded files, got:\n${output}`);
  }
  return { entries, totalBytes };
}

function bytes(amount = "0", unit = "B"): number {
  return Math.round(Number(amount) * (UNITS[unit] ?? 1));
}

/** True when the listing has this file, by itself or inside a directory taken whole. */
export function lists(listing: Listing, file: string): boolean {
  return listing.entries.some((entry) =>
    entry === file || (entry.endsWith("/*") && file.startsWith(entry.slice(0, -1)))
  );
}
