/**
 * `deno task check`: type-checks every file where it may run. A path tells which globals exist:
 * shared code has only the language, the browser's has the DOM and no `Deno`, the server's has
 * `Deno` and no DOM. What joins them (pages, tests, tools) sees everything.
 */
import { fileURLToPath } from "node:url";
import { filesBelow, ROOT } from "./sources.ts";

interface Zone {
  readonly name: string;
  /** Below the project; the zone of a file is the first one that claims it. */
  readonly paths: readonly string[];
  /** The globals that exist there, as TypeScript's `lib`; undefined: those of deno.json. */
  readonly lib?: readonly string[];
}

const ZONES: readonly Zone[] = [
  { name: "shared", paths: ["lib/shared"], lib: ["esnext"] },
  {
    name: "browser",
    paths: ["lib/client", "islands", "components"],
    lib: ["dom", "dom.iterable", "dom.asynciterable", "esnext"],
  },
  { name: "server", paths: ["main.ts", "lib/server"], lib: ["deno.window", "deno.unstable"] },
  {
    name: "pages, tests and tools",
    paths: ["routes", "tests", "bench", "tools", "vite.config.ts", "lib", "islands", "components"],
  },
];

const SOURCE = /\.tsx?$/;
const TEST = /_test\.tsx?$/;

/** Sorts all sources into their zones. Tests run in Deno wherever they lie. */
async function filesOfZones(): Promise<Map<Zone, string[]>> {
  const mixed = ZONES.at(-1)!;
  const taken = new Set<string>();
  const zones = new Map<Zone, string[]>();
  for (const zone of ZONES) {
    const files: string[] = [];
    for (const path of zone.paths) {
      for await (const file of filesBelow(path)) {
        if (!SOURCE.test(file) || taken.has(file) || (TEST.test(file) && zone !== mixed)) continue;
        taken.add(file);
        files.push(file);
      }
    }
    zones.set(zone, files);
  }
  return zones;
}

/**
 * Options of deno.json with the globals of a zone. It must lie beside deno.json, since that is
 * where packages are looked for.
 */
async function writeConfig(lib: readonly string[]): Promise<string> {
  const { nodeModulesDir, unstable, compilerOptions } = JSON.parse(
    await Deno.readTextFile(new URL("deno.json", ROOT)),
  );
  const { types: _types, ...options } = compilerOptions;
  const config = { nodeModulesDir, unstable, compilerOptions: { ...options, lib } };
  const path = fileURLToPath(new URL(`.zone-${Deno.pid}.json`, ROOT));
  await Deno.writeTextFile(path, JSON.stringify(config));
  return path;
}

/** Type-checks one zone; resolves to the compiler's complaint, empty when there is none. */
async function checkZone(zone: Zone, files: readonly string[]): Promise<string> {
  const config = zone.lib && await writeConfig(zone.lib);
  try {
    const { success, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["check", "--quiet", "--no-lock", "--config", config ?? "deno.json", ...files],
      cwd: ROOT,
      stdout: "null",
      stderr: "piped",
    }).output();
    return success ? "" : new TextDecoder().decode(stderr);
  } finally {
    if (config !== undefined) await Deno.remove(config);
  }
}

if (import.meta.main) {
  for (const [zone, files] of await filesOfZones()) {
    const complaint = files.length === 0 ? "" : await checkZone(zone, files);
    console.log(`${complaint === "" ? "ok  " : "FAIL"} ${zone.name} (${files.length} files)`);
    if (complaint === "") continue;
    console.error(complaint);
    Deno.exitCode = 1;
  }
}
