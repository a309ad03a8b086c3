/**
 * `deno task fuzz`: hundreds of odd requests to every operation of the reference, made up by
 * schemathesis (https://schemathesis.io) out of `/api/openapi.json`. Finds answers with a 5xx, and
 * statuses, types, headers and bodies that the reference does not document. Another `FUZZ_SEED`
 * makes other requests.
 */
import { fileURLToPath } from "node:url";
import type { LoginAnswer } from "../lib/shared/protocol/auth.ts";
import { Api } from "../tests/fixtures/api.ts";
import { Product } from "../tests/fixtures/product.ts";
import { permissionFlags, RUNTIME_FLAGS } from "./permissions.ts";
import { provideProgram } from "./programs.ts";
import { DIST, ROOT } from "./sources.ts";
import { buildIfStale, install } from "./start.ts";

const VERSION = "4.32.5";
const HOME = new URL("node_modules/.cache/schemathesis/", ROOT);
const PYTHON = fileURLToPath(new URL("bin/python", HOME));
const ADMIN = { username: "fuzz", password: "fuzz-fuzz-fuzz" };
/** Of the requests alone; what is begun then is finished. */
const MAX_SECONDS = 150;
/** Requests per operation and kind; the time above ends it sooner on a slow machine. */
const MAX_EXAMPLES = 40;
/** A room that was ended by a request answers 410 from then on: enough of them to go on. */
const ROOMS = 8;

const CHECKS = [
  "not_a_server_error",
  "status_code_conformance",
  "content_type_conformance",
  "response_headers_conformance",
  "response_schema_conformance",
  "unsupported_method",
  "allow_header_conformance",
];

interface RunOptions {
  env?: Record<string, string>;
  stdin?: string;
}

/** @returns false when it failed or is not there */
async function run(program: string, args: readonly string[], options: RunOptions = {}) {
  const { env = {}, stdin } = options;
  try {
    const child = new Deno.Command(program, {
      args: [...args],
      env,
      stdin: stdin === undefined ? "null" : "piped",
    }).spawn();
    if (stdin !== undefined) await new Blob([stdin]).stream().pipeTo(child.stdin);
    return (await child.status).success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** @throws Error that says what is missing */
async function provideSchemathesis(): Promise<void> {
  const wanted = ["-c", `import schemathesis as s; assert s.__version__ == "${VERSION}"`];
  if (await run(PYTHON, wanted)) return;
  await provideProgram("python3");
  const home = fileURLToPath(HOME);
  const makeVenv = () => run("python3", ["-m", "venv", "--clear", home]);
  if (!await makeVenv()) {
    // Debian keeps `venv` in a package of its own, and says so only when it is used.
    await provideProgram("python3-venv", { packages: ["python3-venv"], test: makeVenv });
  }
  const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
  if (await run(PYTHON, [...pip, `schemathesis==${VERSION}`])) return;
  throw new Error(
    `schemathesis ${VERSION} cannot be installed: is the package index of Python (PyPI) in reach?`,
  );
}

/** As somebody at the server's own command line. */
async function makeAdmin(environment: Record<string, string>): Promise<void> {
  const permissions = await permissionFlags(fileURLToPath(DIST), (name) => environment[name]);
  const main = fileURLToPath(new URL("main.mjs", DIST));
  const args = ["run", ...RUNTIME_FLAGS, ...permissions, main, "admin", "create", ADMIN.username];
  const made = await run(Deno.execPath(), args, { env: environment, stdin: ADMIN.password });
  if (!made) throw new Error("no administrator could be made");
}

/** Rooms, people and links that exist. */
async function setStage(origin: string) {
  const host = await Api.signIn(origin, "Host");
  const stranger = await Api.signIn(origin, "Stranger");
  const values: Record<string, unknown[]> = { room_code: [], room_id: [], participant_id: ["all"] };
  const tokens = [host.token, host.token, host.token, stranger.token];
  for (let count = 0; count < ROOMS; count++) {
    const room = await host.createRoom({ waiting_room_enabled: count % 2 === 1 });
    values.room_code!.push(room.room_code);
    values.room_id!.push(room.room_id, room.room_code);
    const { participant_id, session_token } = await host.join(room.room_code);
    const link = `/api/rooms/${room.room_code}/generate-guest-link`;
    const { guest_token } = await host.call<{ guest_token: string }>("POST", link, {});
    const guest = await Api.guest(origin, guest_token);
    const { participant_id: guestId } = await guest.join(room.room_code);
    values.participant_id!.push(participant_id, guestId);
    tokens.push(guest.token, session_token);
  }
  const links = await host.call<{ link_id: string }[]>(
    "GET",
    `/api/rooms/${values.room_id![0]}/guest-links`,
  );
  values.link_id = links.map(({ link_id }) => link_id);
  const admin = await fetch(`${origin}/api/admin/login`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(ADMIN),
  });
  const { token }: LoginAnswer = await admin.json();
  return { tokens, adminTokens: [token], values };
}

async function fuzz(): Promise<boolean> {
  await install();
  await buildIfStale();
  await provideSchemathesis();
  const data = await Deno.makeTempDir({ prefix: "videocall-fuzz-" });
  const environment = { DATA_DIR: data, TRUSTED_PROXIES: "127.0.0.1" };
  try {
    await using product = await Product.start(environment);
    await makeAdmin(environment);
    const facts = await setStage(product.origin);
    const seed = Deno.env.get("FUZZ_SEED") ?? "1";
    return await run(PYTHON, [
      "-m",
      "schemathesis.cli",
      "run",
      `${product.origin}/api/openapi.json`,
      `--checks=${CHECKS.join(",")}`,
      "--phases=examples,coverage,fuzzing",
      `--max-time=${MAX_SECONDS}`,
      `--max-examples=${MAX_EXAMPLES}`,
      `--seed=${seed}`,
      "--workers=2",
      "--continue-on-failure",
      "--suppress-health-check=all",
      "--no-color",
    ], {
      env: {
        FUZZ_FACTS: JSON.stringify(facts),
        FUZZ_SEED: seed,
        SCHEMATHESIS_HOOKS: fileURLToPath(new URL("fuzz_hooks.py", import.meta.url)),
      },
    });
  } finally {
    await Deno.remove(data, { recursive: true });
  }
}

if (import.meta.main) {
  try {
    if (!await fuzz()) Deno.exitCode = 1;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    Deno.exitCode = 1;
  }
}
