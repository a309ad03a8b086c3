/** `dist/` is the whole program: it runs alone, without packages, sources or configuration files. */
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { copy } from "../../tools/copy.ts";
import { permissionFlags, RUNTIME_FLAGS } from "../../tools/permissions.ts";
import { DIST, filesBelow, ROOT } from "../../tools/sources.ts";

const START_TIMEOUT_MS = 10_000;

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

async function firstAnswer(url: string): Promise<Response> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (true) {
    try {
      return await fetch(url);
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

/** Exit code of the check that the container image runs. */
async function containerHealth(port: string): Promise<number> {
  const { code } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--quiet",
      "--no-config",
      "--no-prompt",
      "--allow-net=127.0.0.1",
      "--allow-env=PORT,SSL_CERT_PATH",
      fileURLToPath(new URL("tools/healthcheck.ts", ROOT)),
    ],
    env: { PORT: port },
  }).output();
  return code;
}

Deno.test("the bundle starts and answers in an empty directory", async () => {
  const home = await Deno.makeTempDir({ prefix: "videocall-standalone-" });
  for await (const file of filesBelow("dist")) {
    await copy(new URL(file.slice(5), DIST), `${home}/program/${file.slice(5)}`);
  }
  const environment: Record<string, string> = {
    PORT: String(freePort()),
    HOST: "127.0.0.1",
    DATA_DIR: `${home}/data`,
  };
  const permissions = await permissionFlags(`${home}/program`, (name) => environment[name]);
  const server = new Deno.Command(Deno.execPath(), {
    args: ["run", ...RUNTIME_FLAGS, ...permissions, "main.mjs"],
    cwd: `${home}/program`,
    clearEnv: true,
    env: { ...environment, HOME: home },
    stdin: "null",
    stdout: "null",
    stderr: "inherit",
  }).spawn();
  try {
    const origin = `http://127.0.0.1:${environment.PORT}`;
    const health = await firstAnswer(`${origin}/api/health/`);
    assert.equal(health.status, 200, await health.text());
    assert.equal(await containerHealth(environment.PORT!), 0);
    const page = await fetch(origin);
    assert.equal(page.status, 200);
    assert.match(await page.text(), /data-testid="signin-form"/);
  } finally {
    server.kill("SIGTERM");
    await server.status;
    await Deno.remove(home, { recursive: true });
  }
});
