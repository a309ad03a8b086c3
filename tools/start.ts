/**
 * `deno task start`: installs what is missing, builds what is stale, then runs the server with
 * nothing but the permissions it needs. Arguments go to the server (`deno task start admin …`).
 *
 * Imports nothing from npm: on the first start there is nothing to import yet.
 */
import { loadEnvFile } from "node:process";
import { fileURLToPath } from "node:url";
import { permissionFlags, RUNTIME_FLAGS } from "./permissions.ts";
import { forwardSignals, requireDeno } from "./process.ts";
import { DIST, isBuilt, ROOT } from "./sources.ts";

/** Names the lock file that `node_modules` was installed from. */
const INSTALLED = new URL("node_modules/.installed", ROOT);

/** Brings `node_modules` to what `deno.lock` says; does nothing when it is there already. */
export async function install(): Promise<void> {
  const wanted = await digest(new URL("deno.lock", ROOT));
  if (await Deno.readTextFile(INSTALLED).catch(() => "") === wanted) return;
  console.error("Installing …");
  await requireDeno(["install", "--frozen", "--quiet"]);
  await Deno.writeTextFile(INSTALLED, wanted);
}

async function digest(file: URL): Promise<string> {
  const hash = await crypto.subtle.digest("SHA-256", await Deno.readFile(file));
  return new Uint8Array(hash).toHex();
}

export async function buildIfStale(): Promise<void> {
  if (await isBuilt()) return;
  console.error("Building …");
  await requireDeno(["run", "-A", "tools/build.ts", "--if-stale"], { quiet: true });
}

/** `.env` beside the project; variables that are set already win. */
export function loadDotEnv(): void {
  try {
    loadEnvFile(fileURLToPath(new URL(".env", ROOT)));
  } catch (error) {
    if ((error as { code?: string }).code !== "ENOENT") throw error;
  }
}

/** Starts `dist/main.mjs` with its narrow permissions. The environment is passed on. */
export async function spawnServer(args: readonly string[]): Promise<Deno.ChildProcess> {
  const permissions = await permissionFlags(fileURLToPath(DIST), (name) => Deno.env.get(name));
  const main = fileURLToPath(new URL("main.mjs", DIST));
  return new Deno.Command(Deno.execPath(), {
    args: ["run", ...RUNTIME_FLAGS, ...permissions, main, ...args],
  }).spawn();
}

if (import.meta.main) {
  loadDotEnv();
  await install();
  await buildIfStale();
  const server = await spawnServer(Deno.args);
  using _signals = forwardSignals(server);
  Deno.exitCode = (await server.status).code;
}
