/**
 * `deno task dev`: the same program as `deno task start`, built again and started anew whenever a
 * source changes. See docs/adr/0002: a build takes less time than it takes to switch windows.
 */
import { runDeno } from "./process.ts";
import { isBuilt, ROOT, SOURCES } from "./sources.ts";
import { install, loadDotEnv, spawnServer } from "./start.ts";

/** Editors write a file in several steps, and several files at once. */
const SETTLE_MS = 100;

async function rebuild(): Promise<boolean> {
  const started = performance.now();
  const code = await runDeno(["run", "-A", "tools/build.ts"], { quiet: true });
  if (code === 0) console.error(`built in ${Math.round(performance.now() - started)} ms`);
  return code === 0;
}

async function stop(server: Deno.ChildProcess | undefined): Promise<void> {
  if (server === undefined) return;
  try {
    server.kill("SIGTERM");
  } catch (error) {
    // It ended by itself, and said why.
    if (!(error instanceof TypeError)) throw error;
  }
  await server.status;
}

/** Resolves when a source has changed and then nothing happened for a moment. */
async function nextChange(): Promise<void> {
  const watched: string[] = [];
  for (const source of SOURCES) {
    const path = new URL(source, ROOT).pathname;
    if (await Deno.stat(path).then(() => true, () => false)) watched.push(path);
  }
  using watcher = Deno.watchFs(watched);
  let timer: ReturnType<typeof setTimeout> | undefined;
  for await (const event of watcher) {
    if (event.kind === "access") continue;
    clearTimeout(timer);
    timer = setTimeout(() => watcher.close(), SETTLE_MS);
  }
}

if (import.meta.main) {
  loadDotEnv();
  await install();
  let server: Deno.ChildProcess | undefined;
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    Deno.addSignalListener(signal, async () => {
      await stop(server);
      Deno.exit(0);
    });
  }
  while (true) {
    const change = nextChange();
    const ready = await isBuilt() || await rebuild();
    if (ready) {
      await stop(server);
      server = await spawnServer(Deno.args);
    }
    await change;
  }
}
