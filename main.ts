/**
 * Boot only: configuration, container, hub, server. Also the binary's command line. The one module
 * with side effects at import.
 */
import { join } from "node:path";
import { boot } from "./lib/server/boot.ts";
import { runCli } from "./lib/server/cli/cli.ts";
import { ConfigError, loadConfig, readEnvironment } from "./lib/server/config.ts";
import { createLiveHub } from "./lib/server/hub/live_hub.ts";
import { SocketDoor } from "./lib/server/hub/socket.ts";
import { Assets } from "./lib/server/http/assets.ts";
import { createEdge, type Renderer } from "./lib/server/http/edge.ts";
import { welcome } from "./lib/server/welcome.ts";

/** For the goodbye to clients, for open requests, for what is to be written: five seconds in all. */
const CLOSE_GRACE_MS = 2_000;
const SHUTDOWN_GRACE_MS = 1_000;

/** The bundle lies in `dist/`, beside what it serves. */
const DIST = import.meta.dirname ?? ".";

async function serve(): Promise<void> {
  const config = loadConfig(readEnvironment());
  const { container, generatedPassword, hasAdmin, close } = await boot(config);
  const { log, services } = container;
  for (const type of ["error", "unhandledrejection"] as const) {
    addEventListener(type, (event) => {
      event.preventDefault();
      const error = "reason" in event ? event.reason : event.error;
      log.write({ event: "failed", scope: type, error });
    });
  }
  const live = createLiveHub(container);
  container.hub = live.port;
  live.hub.restore(await Array.fromAsync(services.participants.present()));
  // Through a variable, or the bundler would look for the renderer among the sources.
  const rendererPath = "./server/_ssr/ssr.mjs";
  const renderer: { default: Renderer } = await import(rendererPath);
  const door = new SocketDoor(live.hub);
  const handler = createEdge({
    renderer: renderer.default,
    assets: await Assets.index(join(DIST, "public")),
    door,
    https: config.tls !== null || config.publicOrigin?.startsWith("https:") === true,
  });
  const tls = config.tls === null ? {} : {
    cert: await Deno.readTextFile(config.tls.certPath),
    key: await Deno.readTextFile(config.tls.keyPath),
  };
  const server = Deno.serve({
    port: config.port,
    hostname: config.host,
    // Pages and answers; static files come compressed from the build.
    automaticCompression: true,
    ...tls,
    onListen: ({ port }) =>
      welcome({ config, port, generatedPassword, hasAdmin, bootId: container.bootId, log }),
  }, handler);

  onStopSignal(async () => {
    live.hub.shutdown();
    // Stopping the server closes sockets with a word of its own, so ours must be through first.
    await Promise.race([door.drained(), pause(CLOSE_GRACE_MS)]);
    // Whoever keeps a connection busy does not hold up the stop.
    await Promise.race([server.shutdown(), pause(SHUTDOWN_GRACE_MS)]);
    await Promise.race([live.settled(), pause(SHUTDOWN_GRACE_MS)]);
    log.write({ event: "server_stopped" });
    await close();
  });
  await server.finished;
}

/** The first signal stops in order, a second one at once. */
function onStopSignal(stop: () => Promise<void>): void {
  let stopping = false;
  for (const name of ["SIGINT", "SIGTERM"] as const) {
    Deno.addSignalListener(name, async () => {
      if (stopping) Deno.exit(1);
      stopping = true;
      await stop().catch((error) => console.error(error));
      Deno.exit(0);
    });
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

try {
  const code = await runCli(Deno.args, () => loadConfig(readEnvironment()));
  if (code !== null) Deno.exit(code);
  await serve();
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  console.error(error.message);
  Deno.exit(1);
}
