/**
 * `deno task fuzz`: hundreds of odd requests to every operation of the reference, made up by
 * schemathesis (https://schemathesis.io) out of `/api/openapi.json`. Finds answers with a 5xx, and
 * statuses, types, headers and bodies that the reference does not document. Another `FUZZ_SEED`
 * makes other requests.
 */
import { fileURLToPath } from "node:url";
import type { AdminLoginAnswer } from "../lib/shared/protocol/admin.ts";
import { Api } from "../tests/fixtures/api.ts";
import { Product } from "../tests/fixtures/product.ts";
import { film, TusClient } from "../tests/fixtures/tus_client.ts";
import { permissionFlags, RUNTIME_FLAGS } from "./permissions.ts";
import { provideProgram } from "./programs.ts";
import { DIST, ROOT } from "./sources.ts";
import { buildIfStale, install } from "./start.ts";

const VERSION = "4.32.5";
const HOME = new URL("node_modules/.cache/schemathesis/", ROOT);
const PYTHON = fileURLToPath(new URL("bin/python", HOME));
/** One who stays, and one who signs out. */
const ADMINS = ["stays", "leaves"] as const;
const ADMIN_PASSWORD = "fuzz-fuzz-fuzz";
/** Of the requests alone; what is begun then is finished. */
const MAX_SECONDS = 150;
/** Requests per operation and kind; the time above ends it sooner on a slow machine. */
const MAX_EXAMPLES = 40;
/** Of each kind; as many as one address may join in a minute. */
const ROOMS = 4;
const LEAVING = 10;

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
  cwd?: URL;
  env?: Record<string, string>;
  stdin?: string;
}

/** @returns false when it failed or is not there */
async function run(program: string, args: readonly string[], options: RunOptions = {}) {
  const { cwd, env = {}, stdin } = options;
  try {
    const child = new Deno.Command(program, {
      args: [...args],
      cwd,
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
async function makeAdmin(name: string, environment: Record<string, string>): Promise<void> {
  const permissions = await permissionFlags(fileURLToPath(DIST), (name) => environment[name]);
  const main = fileURLToPath(new URL("main.mjs", DIST));
  const args = ["run", ...RUNTIME_FLAGS, ...permissions, main, "admin", "create", name];
  const made = await run(Deno.execPath(), args, { env: environment, stdin: ADMIN_PASSWORD });
  if (!made) throw new Error("no administrator could be made");
}

/** What a part of the requests is about: see `fuzz_hooks.py`. */
interface Facts {
  tokens: string[];
  adminTokens: string[];
  /** By the name of the path parameter. */
  values: Record<string, unknown[]>;
}

/** A host with rooms, and in each a guest, somebody banned and a guest link that nobody used. */
async function setStage(origin: string, name: string): Promise<Facts> {
  const host = await Api.signIn(origin, name);
  const stranger = await Api.signIn(origin, `${name}'s friend`);
  const tokens = [host.token, host.token, host.token, host.token, stranger.token];
  const values = {
    room_code: [] as unknown[],
    room_id: [] as unknown[],
    participant_id: ["all"] as unknown[],
    link_id: [] as unknown[],
    ban_id: [] as unknown[],
    recording_id: [] as unknown[],
    upload_id: [] as unknown[],
    user_id: [stranger.user.user_id],
  };
  for (let count = 0; count < ROOMS; count++) {
    const { room_code, room_id } = await host.createRoom();
    const { participant_id, session_token } = await host.join(room_code);
    const links = `/api/rooms/${room_code}/guest-links`;
    const invite = async () => {
      const path = `/api/rooms/${room_code}/generate-guest-link`;
      const { guest_token } = await host.call<{ guest_token: string }>("POST", path, {});
      return await Api.guest(origin, guest_token);
    };
    const [guest, pest] = [await invite(), await invite()];
    await host.call("POST", `/api/rooms/${room_code}/generate-guest-link`, {});
    const [unused] = await host.call<{ link_id: string }[]>("GET", links);
    const joined = await guest.join(room_code);
    const banned = await pest.join(room_code);
    await host.call(
      "DELETE",
      `/video/rooms/${room_code}/participants/${banned.participant_id}?ban=true`,
    );
    const bans = await host.call<{ ban_id: number }[]>("GET", `/video/rooms/${room_code}/bans`);
    const recording = await setRecording(origin, host, room_code);
    values.recording_id.push(...recording.ids);
    values.upload_id.push(...recording.uploads);
    values.room_code.push(room_code);
    values.room_id.push(room_id, room_code);
    values.participant_id.push(participant_id, joined.participant_id);
    values.link_id.push(unused?.link_id);
    values.ban_id.push(...bans.map(({ ban_id }) => ban_id));
    tokens.push(guest.token, session_token);
  }
  const adminTokens = [await signInAdmin(origin, "stays")];
  return { tokens, adminTokens, values };
}

/** One that is here, one that is on its way, and one that runs. */
async function setRecording(origin: string, host: Api, code: string) {
  const client = new TusClient(origin, host.token);
  const path = `/video/rooms/${code}/recording`;
  const ids: number[] = [];
  const uploads: string[] = [];
  for (const bytes of [film(2_000), film(2_000)]) {
    const { recording_id } = await host.call<{ recording_id: number }>("POST", `${path}/start`);
    await host.call("POST", `${path}/stop`);
    const upload = await client.begin(recording_id, { bytes });
    await client.send(upload, 0, ids.length === 0 ? bytes : bytes.subarray(0, 1_000));
    ids.push(recording_id);
    uploads.push(upload.split("/").at(-1)!);
  }
  const running = await host.call<{ recording_id: number }>("POST", `${path}/start`);
  return { ids: [...ids, running.recording_id], uploads };
}

/** Their sessions may end any time. */
async function peopleWhoLeave(origin: string): Promise<Facts> {
  const people: Api[] = [];
  for (let count = 0; count < LEAVING; count++) people.push(await Api.signIn(origin, "Leaver"));
  const user_id = people.map(({ user }) => user.user_id);
  const adminTokens = [await signInAdmin(origin, "leaves"), await signInAdmin(origin, "leaves")];
  return { tokens: people.map(({ token }) => token), adminTokens, values: { user_id } };
}

async function signInAdmin(origin: string, username: typeof ADMINS[number]): Promise<string> {
  const answer = await fetch(`${origin}/api/admin/login`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ username, password: ADMIN_PASSWORD }),
  });
  const { token }: AdminLoginAnswer = await answer.json();
  return token;
}

async function fuzz(): Promise<boolean> {
  await install();
  await buildIfStale();
  await provideSchemathesis();
  const data = await Deno.makeTempDir({ prefix: "videocall-fuzz-" });
  const environment = { DATA_DIR: data, TRUSTED_PROXIES: "127.0.0.1" };
  try {
    await using product = await Product.start(environment);
    for (const name of ADMINS) await makeAdmin(name, environment);
    const facts = {
      lasting: await setStage(product.origin, "Host"),
      expendable: await setStage(product.origin, "Spender"),
      leaving: await peopleWhoLeave(product.origin),
    };
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
      "--warnings=off",
      "--no-color",
    ], {
      // It leaves notes for its next run where it runs.
      cwd: HOME,
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
