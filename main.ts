/**
 * Boot only: configuration, container, hub, server. Also the binary's command line. The one module
 * with side effects at import.
 */
import { join } from "node:path";
import { boot } from "./lib/server/boot.ts";
import { ConfigError, loadConfig, readEnvironment } from "./lib/server/config.ts";
import { createLiveHub } from "./lib/server/hub/live_hub.ts";
import { SocketDoor } from "./lib/server/hub/socket.ts";
import { Assets } from "./lib/server/http/assets.ts";
import { createEdge, type Renderer } from "./lib/server/http/edge.ts";
import { welcome } from "./lib/server/welcome.ts";

/** The bundle lies in `dist/`, beside what it serves. */
const DIST = import.meta.dirname ?? ".";

async function serve(): Promise<void> {
  const config = loadConfig(readEnvironment());
  const { container, generatedPassword } = await boot(config);
  const { log, kv, services } = container;
  for (const type of ["error", "unhandledrejection"] as const) {
    addEventListener(type, (event) => {
      event.preventDefault();
      const error = "reason" in event ? event.reason : event.error;
      log.write({ event: "failed", scope: type, error });
    });
  }
  const live = createLiveHub(container);
  live.hub.restore(await Array.fromAsync(services.participants.present()));
  // Through a variable, or the bundler would look for the renderer among the sources.
  const rendererPath = "./server/_ssr/ssr.mjs";
  const renderer: { default: Renderer } = await import(rendererPath);
  const handler = createEdge({
    renderer: renderer.default,
    assets: await Assets.index(join(DIST, "public")),
    door: new SocketDoor(live.hub),
    https: config.tls !== null || config.publicOrigin?.startsWith("https:") === true,
  });
  const tls = config.tls === null ? {} : {
    cert: await Deno.readTextFile(config.tls.certPath),
    key: await Deno.readTextFile(config.tls.keyPath),
  };
  const server = Deno.serve({
    port: config.port,
    hostname: config.host,
    ...tls,
    onListen: ({ port }) =>
      welcome({ config, port, generatedPassword, bootId: container.bootId, log }),
  }, handler);

  const stop = async () => {
    live.hub.shutdown();
    await Promise.all([server.shutdown(), live.settled()]);
    log.write({ event: "server_stopped" });
    kv.close();
    Deno.exit(0);
  };
  for (const name of ["SIGINT", "SIGTERM"] as const) Deno.addSignalListener(name, stop);
  await server.finished;
}

try {
  await serve();
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  console.error(error.message);
  Deno.exit(1);
}
