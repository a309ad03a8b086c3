/**
 * What the running server may touch, in one place: `deno task start`, the tests that start the
 * real thing, the binary and the container image all take it from here.
 */

import { dirname } from "node:path";

/** Flags that make a run independent of the directory it happens in. */
export const RUNTIME_FLAGS: readonly string[] = [
  "--unstable-kv",
  "--no-config",
  "--no-lock",
  "--no-npm",
  "--no-remote",
];

/** What the server writes, by variable; without a value the default of the configuration. */
const WRITTEN: Readonly<Record<string, string>> = {
  DATA_DIR: "./data",
  // By default inside DATA_DIR.
  RECORDINGS_DIR: "",
};

/** Variables that name a file the server only reads. */
const READ: readonly string[] = ["SSL_CERT_PATH", "SSL_KEY_PATH"];

/**
 * The variables the server may see, exactly those of its configuration, as the build wrote them
 * down: the configuration itself imports packages, which the first start has yet to install.
 */
export async function environmentNames(dist: string): Promise<readonly string[]> {
  return JSON.parse(await Deno.readTextFile(`${dist}/${ENV_NAMES_FILE}`));
}

/** Beside `main.mjs`. */
export const ENV_NAMES_FILE = "env_names.json";

type Environment = (name: string) => string | undefined;

/**
 * Permission flags for `deno run … dist/main.mjs`.
 * @param dist the directory that holds `main.mjs`
 */
export async function permissionFlags(dist: string, environment: Environment): Promise<string[]> {
  return flagsFor({ dist, environment, names: await environmentNames(dist) });
}

export interface Place {
  readonly dist: string;
  readonly environment: Environment;
  /** Of the variables that may be read. */
  readonly names: readonly string[];
}

/** The same where the names are known already. */
export function flagsFor({ dist, environment, names }: Place): string[] {
  const written = Object.entries(WRITTEN).map(([name, usual]) => environment(name) || usual);
  const database = environment("KV_PATH");
  // SQLite keeps its journal beside the file.
  if (database) written.push(dirname(database));
  const read = READ.map((name) => environment(name) ?? "");
  return [
    "--no-prompt",
    "--allow-net",
    `--allow-read=${list([dist, ...written, ...read])}`,
    `--allow-write=${list(written)}`,
    `--allow-env=${list(names)}`,
    // How much room is left where the data lies; nothing else of the system.
    "--allow-sys=statfs",
  ];
}

/** Deno splits lists at commas; a doubled one stands for itself. */
function list(values: readonly string[]): string {
  return values.filter((value) => value !== "").map((value) => value.replaceAll(",", ",,"))
    .join(",");
}
