/**
 * Builds the product into `dist/`: the browser's assets and Fresh's renderer by Vite, then the
 * server itself, bundled so that nothing of `node_modules` is needed to run it.
 *
 *     deno task build            build
 *     deno task build --if-stale build only when a source changed since the last build
 */
import { rolldown } from "rolldown";
import { ENV_NAMES } from "../lib/server/config.ts";
import { compressFiles } from "./compress.ts";
import { ENV_NAMES_FILE } from "./permissions.ts";
import { DIST, fingerprint, isBuilt, recordBuilt, ROOT } from "./sources.ts";

async function buildPages(): Promise<void> {
  const { createBuilder } = await import("vite");
  const builder = await createBuilder({ root: ROOT.pathname, logLevel: "warn" });
  await builder.buildApp();
}

async function bundleServer(): Promise<void> {
  const bundle = await rolldown({
    input: new URL("main.ts", ROOT).pathname,
    platform: "node",
    external: [/^node:/, "./server/_ssr/ssr.mjs"],
    transform: { target: "esnext" },
    // Only a warning by default, and then the server dies at start.
    onLog(_level, log) {
      if (log.code === "UNRESOLVED_IMPORT") throw new Error(log.message);
    },
  });
  await bundle.write({ file: new URL("main.mjs", DIST).pathname, sourcemap: true });
  await bundle.close();
}

/** Two builds at once would write over each other's files: the second waits for the first. */
async function whileLocked(work: () => Promise<void>): Promise<void> {
  using lock = await Deno.open(new URL("node_modules/.build.lock", ROOT), {
    create: true,
    write: true,
  });
  await lock.lock(true);
  await work();
}

export async function build(): Promise<void> {
  const builtFrom = await fingerprint();
  await Deno.remove(DIST, { recursive: true }).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  });
  await buildPages();
  await compressFiles("dist/public");
  await bundleServer();
  await Deno.writeTextFile(new URL(ENV_NAMES_FILE, DIST), JSON.stringify(ENV_NAMES));
  await recordBuilt(builtFrom);
}

if (import.meta.main) {
  const onlyIfStale = Deno.args.includes("--if-stale");
  try {
    await whileLocked(async () => {
      if (!onlyIfStale || !await isBuilt()) await build();
    });
  } catch (error) {
    // The bundlers put the whole story into the message; their stack helps nobody.
    console.error(error instanceof Error ? error.message : error);
    Deno.exitCode = 1;
  }
}
