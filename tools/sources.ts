/**
 * What the build reads, and whether `dist/` still matches it. Free of npm imports: it also runs
 * before anything is installed.
 */
export const ROOT = new URL("../", import.meta.url);
export const DIST = new URL("dist/", ROOT);
const STAMP = new URL(".sources", DIST);

export const SOURCES = [
  "assets",
  "components",
  "islands",
  "lib",
  "routes",
  "static",
  "main.ts",
  "vite.config.ts",
  "tools/build.ts",
  "tools/permissions.ts",
  "tools/client_bundle_guard.ts",
  "tools/compress_assets.ts",
  "tools/fresh_render_fixes.ts",
  "deno.json",
  "package.json",
  "deno.lock",
];

/** Every file below a path of the project, relative to the project; none when it does not exist. */
export async function* filesBelow(path: string): AsyncGenerator<string> {
  const info = await Deno.stat(new URL(path, ROOT)).catch(() => null);
  if (info === null) return;
  if (!info.isDirectory) {
    yield path;
    return;
  }
  const entries = await Array.fromAsync(Deno.readDir(new URL(path, ROOT)));
  for (const { name } of entries.sort((a, b) => a.name < b.name ? -1 : 1)) {
    yield* filesBelow(path === "." ? name : `${path}/${name}`);
  }
}

/** One line per source file: path, size, modification time. Changes when anything is touched. */
export async function fingerprint(): Promise<string> {
  const lines: string[] = [];
  for (const source of SOURCES) {
    for await (const path of filesBelow(source)) {
      if (/_test\.tsx?$/.test(path)) continue;
      const { size, mtime } = await Deno.stat(new URL(path, ROOT));
      lines.push(`${path} ${size} ${mtime?.getTime()}`);
    }
  }
  return lines.join("\n");
}

/** True when `dist/` was built from the sources as they are now. */
export async function isBuilt(): Promise<boolean> {
  const stamp = await Deno.readTextFile(STAMP).catch(() => "");
  return stamp !== "" && stamp === await fingerprint();
}

/** Remembers what `dist/` was built from; the fingerprint is taken before the build begins. */
export async function recordBuilt(builtFrom: string): Promise<void> {
  await Deno.writeTextFile(STAMP, builtFrom);
}
