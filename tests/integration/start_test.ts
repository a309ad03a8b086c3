/** `deno task start` as people meet it, when everything is installed and built. */
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { DIST, ROOT } from "../../tools/sources.ts";

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

function start(dataDir: string, extra: Record<string, string> = {}) {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["task", "start"],
    cwd: fileURLToPath(ROOT),
    env: {
      PORT: String(freePort()),
      HOST: "127.0.0.1",
      DATA_DIR: dataDir,
      ACCESS_PASSWORD: "correct-horse-battery",
      NO_COLOR: "1",
      ...extra,
    },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  return { child, said: new Response(child.stderr).text(), output: child.stdout };
}

async function untilItSays(output: ReadableStream<Uint8Array<ArrayBuffer>>, word: string) {
  const [mine, rest] = output.tee();
  let text = "";
  for await (const part of mine.pipeThrough(new TextDecoderStream())) {
    text += part;
    if (text.includes(word)) return rest;
  }
  throw new Error(`ended without saying ${word}: ${text}`);
}

Deno.test("a start with nothing to do builds nothing, says little and ends with the server", async () => {
  const dataDir = await Deno.makeTempDir({ prefix: "videocall-start-" });
  const stamp = new URL(".sources", DIST);
  const builtAt = (await Deno.stat(stamp)).mtime;
  const { child, said, output } = start(dataDir);
  try {
    const rest = await untilItSays(output, "server_started");
    child.kill("SIGTERM");
    assert.match(await new Response(rest).text(), /server_stopped/);
    assert.equal((await child.status).code, 0);
    assert.equal((await said).trim(), "Task start deno run -A tools/start.ts");
    assert.deepEqual((await Deno.stat(stamp)).mtime, builtAt);
  } finally {
    await Deno.remove(dataDir, { recursive: true });
  }
});

Deno.test("a start with mistakes in the configuration names all of them and fails", async () => {
  const dataDir = await Deno.makeTempDir({ prefix: "videocall-start-" });
  const mistakes = { PORT: "eight", SSL_CERT_PATH: "cert.pem" };
  const { child, said, output } = start(dataDir, mistakes);
  await output.cancel();
  assert.equal((await child.status).code, 1);
  assert.match(await said, /PORT must be[\s\S]*SSL_KEY_PATH must be set/);
  await Deno.remove(dataDir, { recursive: true });
});
