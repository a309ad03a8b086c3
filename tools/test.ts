/**
 * Proves the product on any machine with Node and npm: installs what is missing, builds what is
 * stale, runs every test and ends with one plain line, `N passed, N failed`.
 *
 *     deno task test                         everything
 *     deno task test networks                one kind: unit, integration, e2e or networks
 *     deno task test e2e mute                its files with `mute` in the path, else its tests with
 *                                            `mute` in the name
 *
 * Imports nothing from npm: on a fresh machine there is nothing to import yet.
 */
import { fileURLToPath } from "node:url";
import { provideBrowsers } from "./browsers.ts";
import { addTally, emptyTally, readJunit, type Tally } from "./junit.ts";
import { killTree } from "./process_tree.ts";
import { provideNetworks } from "./networks.ts";
import { filesBelow, ROOT } from "./sources.ts";
import { buildIfStale, install } from "./start.ts";

interface Kind {
  readonly name: "unit" | "integration" | "e2e" | "networks";
  readonly roots: readonly string[];
  /** Files run side by side in one process; else one after another, each in its own. */
  readonly together: boolean;
  /** A process that hangs is ended and counts as failed. */
  readonly limitMinutes: number;
}

const KINDS: readonly Kind[] = [
  {
    name: "unit",
    roots: ["lib", "tools", "components", "islands", "routes"],
    together: true,
    limitMinutes: 5,
  },
  { name: "integration", roots: ["tests/integration"], together: false, limitMinutes: 4 },
  { name: "e2e", roots: ["tests/e2e"], together: false, limitMinutes: 6 },
  { name: "networks", roots: ["tests/networks"], together: false, limitMinutes: 6 },
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

async function runKind(kind: Kind, filter: string | undefined): Promise<Tally> {
  const { files, flags } = narrow(await testFiles(kind), filter);
  console.log(`\n── ${kind.name}: ${files.length} files`);
  if (files.length === 0) return { ...emptyTally(), failed: 1 };
  let sum = emptyTally();
  for (const group of kind.together ? [files] : files.map((file) => [file])) {
    sum = addTally(sum, await runFiles(kind, group, flags));
  }
  return sum;
}

async function runFiles(
  kind: Kind,
  files: readonly string[],
  flags: readonly string[],
): Promise<Tally> {
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
  const together = kind.together ? ["--parallel"] : [];
  const child = new Deno.Command(Deno.execPath(), {
    args: ["test", "--allow-all", "--no-check", ...together, ...args],
    cwd: fileURLToPath(ROOT),
    stdin: "null",
  }).spawn();
  const limit = setTimeout(() => {
    console.log(`\n${args.at(-1)}: not done in ${kind.limitMinutes} minutes, ended`);
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
  // Tests may be registered by a helper, and are then reported under the helper's name.
  const silent = tally.files.size > 0 && files.length === 1
    ? []
    : files.filter((file) => !tally.files.has(file));
  if (!filtered) {
    for (const file of silent) console.log(`no test ran in ${file}`);
    tally.failed += silent.length;
  }
  if (tally.ignored > 0) {
    console.log(`${tally.ignored} ignored${IS_CI ? ": counted as failed" : ""}`);
  }
  if (IS_CI) tally.failed += tally.ignored;
  if (!success && tally.failed === 0) tally.failed = 1;
  return tally;
}

/** Installs and builds; resolves to what keeps kinds of tests from running, by kind. */
async function prepare(kinds: readonly Kind[]): Promise<Map<Kind, string>> {
  await install();
  await buildIfStale();
  const problems = new Map<Kind, string>();
  for (const kind of kinds) {
    const problem = await problemOf(kind);
    if (problem !== null) problems.set(kind, problem);
  }
  return problems;
}

async function problemOf({ name }: Kind): Promise<string | null> {
  if (name === "e2e") return await provideBrowsers();
  if (name === "networks") return await provideBrowsers() ?? await provideNetworks();
  return null;
}

/** What a kind that cannot run counts as: not every machine lets its networks be rebuilt. */
function notRun({ name }: Kind): Tally {
  return { ...emptyTally(), failed: name === "networks" && !IS_CI ? 0 : 1 };
}

/** The last line, whatever happens: installing or building may end the process. */
function lastLine({ passed, failed }: { passed: number; failed: number }): void {
  console.log(`\n${passed} passed, ${failed} failed`);
}

async function main(): Promise<void> {
  const givenUp = () => lastLine({ passed: 0, failed: 1 });
  addEventListener("unload", givenUp);
  const [wanted, filter] = Deno.args;
  const kinds = KINDS.filter((kind) => wanted === undefined || kind.name === wanted);
  if (kinds.length === 0) {
    const names = KINDS.map(({ name }) => name).join(", ");
    throw new Error(`Unknown kind of tests: ${wanted}. One of: ${names}`);
  }
  const problems = await prepare(kinds);
  for (const problem of new Set(problems.values())) console.log(`\n${problem}\n`);
  let sum = emptyTally();
  for (const kind of kinds) {
    const part = problems.has(kind) ? notRun(kind) : await runKind(kind, filter);
    sum = addTally(sum, part);
  }
  if (sum.passed + sum.failed === 0) sum.failed = 1;
  removeEventListener("unload", givenUp);
  lastLine(sum);
  Deno.exit(sum.failed === 0 ? 0 : 1);
}

if (import.meta.main) {
  try {
    await main();
  } catch (error) {
    console.error(error);
    Deno.exit(1);
  }
}
