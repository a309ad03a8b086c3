/** Reads what `deno test --junit-path` writes: machine-made, so no XML parser is needed. */
export interface Tally {
  passed: number;
  failed: number;
  /** Tests that are there but did not run. */
  ignored: number;
  /** Files that had at least one test, as they were named to `deno test`. */
  files: Set<string>;
}

export function emptyTally(): Tally {
  return { passed: 0, failed: 0, ignored: 0, files: new Set() };
}

export function readJunit(xml: string): Tally {
  const tally = emptyTally();
  for (const [, attributes = "", inside = ""] of xml.matchAll(TEST_CASE)) {
    const file = /\bclassname="([^"]*)"/.exec(attributes)?.[1] ?? "";
    tally.files.add(file.replace(/^\.\//, ""));
    if (/<(failure|error)\b/.test(inside)) tally.failed++;
    else if (/<skipped\b/.test(inside)) tally.ignored++;
    else tally.passed++;
  }
  return tally;
}

/** Quotes and angle brackets are escaped inside attributes and text, so the first match is the end. */
const TEST_CASE = /<testcase\b([^>]*?)(?:\/>|>([\s\S]*?)<\/testcase>)/g;

export function addTally(sum: Tally, part: Tally): Tally {
  return {
    passed: sum.passed + part.passed,
    failed: sum.failed + part.failed,
    ignored: sum.ignored + part.ignored,
    files: sum.files.union(part.files),
  };
}
