/**
 * Proves the product on any machine with Node and npm: installs what is missing, builds what is
 * stale, runs every test and ends with one plain line, `N passed, N failed`.
 *
 *     deno task test                         everything
 *     deno task test unit|integration|e2e    one kind
 *     deno task test e2e mute                its files with `mute` in the path, else its tests with
 *                                            `mute` in the name
 *
 * Imports nothing from npm: on a fresh machine there is nothing to import yet.
 */
import { fileURLToPath } from "node:url";
import { provideBrowsers } from "./browsers.ts";
import { addTally, emptyTally, readJunit, type Tally } from "./junit.ts";
import { killTree } from "./process_tree.ts";
import { filesBelow, ROOT } from "./sources.ts";
import { buildIfStale, install } from "./start.ts";

interface Kind {
  readonly name: "unit" | "integration" | "e2e";
  readonly roots: readonly string[];
  readonly flags: readonly string[];
  /** A run that hangs is ended and counts as failed. */
  readonly limitMinutes: number;
}

const KINDS: readonly Kind[] = [
  {
    name: "unit",
    roots: ["lib", "tools", "components", "islands", "routes"],
    flags: ["--parallel"],
    limitMinutes: 5,
  },
  { name: "integration", roots: ["tests/integration"], flags: [], limitMinutes: 6 },
  // Browsers share the processor: one test after another.
  { name: "e2e", roots: ["tests/e2e"], flags: [], limitMinutes: 20 },
];

/** Every test must run where the result counts. */
const IS_CI = Deno.env.get("CI") === "true";

async function testFiles(kind: Kind): Promise<string[]> {
  const files: string[] = [];
  for (const root of kind.roots) {
    for await (const path of filesBelow(root)) {
      if (/_test\.tsx?$/.test(path)) files.push(path);
    }
  }
  return files;
}

/** Which files to run, and with which filter on test names. */
function narrow(files: readonly string[], filter: string | undefined) {
  if (filter === undefined) return { files, flags: [] };
  const chosen = files.filter((path) => path.includes(filter));
  if (chosen.length > 0) return { files: chosen, flags: [] };
  return { files, flags: [`--filter=${filter}`] };
}

async function runTests(kind: Kind, filter: string | undefined): Promise<Tally> {
  const { files, flags } = narrow(await testFiles(kind), filter);
  if (files.length === 0) return { ...emptyTally(), failed: 1 };
  console.log(`\n── ${kind.name}: ${files.length} files`);
  const report = await Deno.makeTempFile({ suffix: ".xml" });
  try {
    const success = await denoTest(kind, [...flags, `--junit-path=${report}`, ...files]);
    const tally = readJunit(await Deno.readTextFile(report));
    return judge(tally, { success, files, filtered: flags.length > 0 });
  } finally {
    await Deno.remove(report);
  }
}

/** Types are checked by `deno task check`; here they would only cost time. */
async function denoTest(kind: Kind, args: readonly string[]): Promise<boolean> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["test", "--allow-all", "--no-check", ...kind.flags, ...args],
    cwd: fileURLToPath(ROOT),
    env: { DENO_JOBS: String(navigator.hardwareConcurrency) },
    stdin: "null",
  }).spawn();
  const limit = setTimeout(() => {
    console.log(`\n${kind.name} tests: not done in ${kind.limitMinutes} minutes, ended`);
    killTree(child.pid);
  }, kind.limitMinutes * 60_000);
  const { success } = await child.status;
  clearTimeout(limit);
  return success;
}

interface Run {
  success: boolean;
  files: readonly string[];
  filtered: boolean;
}

/** A file that could not be loaded leaves no trace in the report, and must not pass for tested. */
function judge(tally: Tally, { success, files, filtered }: Run): Tally {
  if (filtered) tally.ignored = 0; // the report cannot tell left out from ignored
  const silent = filtered ? [] : files.filter((file) => !tally.files.has(file));
  for (const file of silent) console.log(`no test ran in ${file}`);
  tally.failed += silent.length;
  if (tally.ignored > 0) {
    console.log(`${tally.ignored} ignored${IS_CI ? ": counted as failed" : ""}`);
  }
  if (IS_CI) tally.failed += tally.ignored;
  if (!success && tally.failed === 0) tally.failed = 1;
  return tally;
}

async function prepare(kinds: readonly Kind[]): Promise<string | null> {
  await install();
  await buildIfStale();
  if (!kinds.some((kind) => kind.name === "e2e")) return null;
  return await provideBrowsers();
}

async function main(): Promise<void> {
  const [wanted, filter] = Deno.args;
  const kinds = KINDS.filter((kind) => wanted === undefined || kind.name === wanted);
  if (kinds.length === 0) {
    console.log(`Unknown kind of tests: ${wanted}. One of: ${KINDS.map((k) => k.name).join(", ")}`);
  }
  const problem = await prepare(kinds);
  if (problem !== null) console.log(`\n${problem}\n`);
  let sum = emptyTally();
  for (const kind of kinds) {
    const part = kind.name === "e2e" && problem !== null
      ? { ...emptyTally(), failed: 1 }
      : await runTests(kind, filter);
    sum = addTally(sum, part);
  }
  if (sum.passed + sum.failed === 0) sum.failed = 1;
  console.log(`\n${sum.passed} passed, ${sum.failed} failed`);
  Deno.exit(sum.failed === 0 ? 0 : 1);
}

if (import.meta.main) await main();
