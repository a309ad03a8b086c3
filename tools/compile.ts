/**
 * `deno task compile`: the product as one executable, `videocall`, with only what it needs inside.
 *
 *     deno task compile               build and compile
 *     deno task compile --check-only  compile into the void, for the check of what gets embedded
 *
 * `DENORT_BIN` names the runtime to embed into, where Deno cannot download it; any executable will
 * do for `--check-only`.
 */
import { fileURLToPath } from "node:url";
import { copy } from "./copy.ts";
import { type Listing, lists, parseListing } from "./embedded_files.ts";
import { environmentNames, RUNTIME_FLAGS } from "./permissions.ts";
import { requireDeno } from "./process.ts";
import { DIST, filesBelow, ROOT } from "./sources.ts";

/** The program, its pages, and the browser's files. */
const NEEDED = [/^main\.mjs$/, /^server\/.+\.mjs$/, /^public\/.+/];
/** Maps are for debuggers, the manifest for the build. */
const UNNEEDED = [/\.map$/, /^public\/\.vite\//];
/** Without any of these the program could not run. */
const INDISPENSABLE = [/^main\.mjs$/, /^server\/_ssr\/ssr\.mjs$/, /^public\/assets\/.+\.js$/];
/** Room to grow, but a package that slips in whole shows. */
const MAX_EMBEDDED_BYTES = 4 * 1024 * 1024;

/** Files of `dist/` that belong into the binary. */
async function programFiles(): Promise<string[]> {
  const files = (await Array.fromAsync(filesBelow("dist"))).map((file) => file.slice(5));
  const program = files.filter((file) =>
    NEEDED.some((pattern) => pattern.test(file)) && !UNNEEDED.some((pattern) => pattern.test(file))
  );
  const missing = INDISPENSABLE.filter((pattern) => !program.some((file) => pattern.test(file)));
  if (missing.length > 0) throw new Error(`dist/ has nothing like ${missing.join(", ")}`);
  return program;
}

/** What is wrong with the contents of a binary, one sentence each. */
export function problemsOf(listing: Listing, program: readonly string[]): string[] {
  const foreign = listing.entries.filter((entry) =>
    entry.endsWith("/*")
      ? !program.some((file) => file.startsWith(entry.slice(0, -1)))
      : !program.includes(entry)
  );
  const missing = program.filter((file) => !lists(listing, file));
  return [
    ...foreign.map((entry) => `${entry} is embedded, but the program does not need it`),
    ...missing.map((file) => `${file} is missing`),
    ...(listing.totalBytes > MAX_EMBEDDED_BYTES
      ? [`${listing.totalBytes} bytes are embedded, the budget is ${MAX_EMBEDDED_BYTES}`]
      : []),
  ];
}

/**
 * Compiles from a directory that holds the program and nothing else, so that nothing else can slip
 * in. Resolves to what Deno printed.
 */
async function compileFrom(directory: string, output: string, runtime: string | undefined) {
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "compile",
      ...RUNTIME_FLAGS,
      "--no-check",
      "--no-prompt",
      // Where its data lies is known at run time only.
      "--allow-net",
      "--allow-read",
      "--allow-write",
      `--allow-env=${(await environmentNames(fileURLToPath(DIST))).join(",")}`,
      "--allow-sys=statfs",
      "--include=public",
      "--include=server",
      `--output=${output}`,
      "main.mjs",
    ],
    cwd: directory,
    env: { NO_COLOR: "1", ...(runtime ? { DENORT_BIN: runtime } : {}) },
    stderr: "piped",
  }).output();
  const text = new TextDecoder().decode(stderr);
  if (!success) throw new Error(text);
  return text;
}

async function compile(checkOnly: boolean): Promise<void> {
  const program = await programFiles();
  const directory = await Deno.makeTempDir({ prefix: "videocall-compile-" });
  try {
    for (const file of program) await copy(new URL(file, DIST), `${directory}/${file}`);
    const output = checkOnly ? `${directory}.bin` : new URL("videocall", ROOT).pathname;
    const usual = checkOnly ? Deno.execPath() : undefined;
    const printed = await compileFrom(directory, output, Deno.env.get("DENORT_BIN") ?? usual);
    if (checkOnly) await Deno.remove(output);
    const listing = parseListing(printed);
    const problems = problemsOf(listing, program);
    if (problems.length > 0) throw new Error(problems.join("\n"));
    console.log(`${program.length} files, ${Math.round(listing.totalBytes / 1024)} KiB embedded`);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

if (import.meta.main) {
  await requireDeno(["run", "-A", "tools/build.ts", "--if-stale"], { quiet: true });
  try {
    await compile(Deno.args.includes("--check-only"));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    Deno.exitCode = 1;
  }
}
