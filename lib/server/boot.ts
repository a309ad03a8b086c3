/** From a valid configuration to a running set of services. */
import { ensureAccessPassword } from "./auth/access_password.ts";
import { createRateLimiter } from "./auth/rate_limiter.ts";
import { loadSecrets } from "./auth/secrets.ts";
import { createBus } from "./bus.ts";
import type { Config } from "./config.ts";
import { type Container, setContainer } from "./container.ts";
import { noHub } from "./hub_port.ts";
import { startLagMeter } from "./observability/event_loop_lag.ts";
import { createLog } from "./observability/log.ts";
import { Metrics } from "./observability/metrics.ts";
import { createServices } from "./services/services.ts";
import { openKv } from "./store/kv.ts";
import { Patience } from "./store/patience.ts";
import { VERSION } from "./version.ts";

/** How long a request waits while the command line writes; the health check gives up later. */
const BUSY_DATABASE_MS = 1_200;

export interface Booted {
  container: Container;
  /** Generated at the first start: show it once, it is stored hashed only. */
  generatedPassword: string | null;
  /** False: nobody can administer the server yet. */
  hasAdmin: boolean;
  /** Writes what is pending and closes the database; nothing works afterwards. */
  close(): Promise<void>;
}

export interface BootOptions {
  /** Where log lines go instead of standard output. */
  logSink?: (line: string) => void;
}

/** Opens the database and sets the process's container; the caller sets `container.hub`. */
export async function boot(given: Config, options: BootOptions = {}): Promise<Booted> {
  // Settings that change at run time are laid over it.
  const config = { ...given };
  const log = createLog({ level: config.logLevel, sink: options.logSink });
  for (const warning of config.warnings) log.write({ event: "config_warning", warning });
  const [secrets, plainKv] = await Promise.all([loadSecrets(config), openKv(config.kvPath)]);
  const kv = new Patience(BUSY_DATABASE_MS).kv(plainKv);
  const generatedPassword = await ensureAccessPassword(kv, config.accessPassword);
  const bus = createBus((error, { type }) =>
    log.write({ event: "failed", scope: `bus ${type}`, error })
  );
  const limits = createRateLimiter({
    onReached: (limit, key) => log.write({ event: "limit_reached", limit, key }),
  });
  const bootId = crypto.randomUUID();
  const lag = startLagMeter();
  const eventLoopLagMs = () => lag.worstMs();
  const hub = () => container.hub;
  const recordings = () => container.services.recordingSpace.tally();
  const metrics = new Metrics({ hub, recordings, eventLoopLagMs });
  const shared = { config, kv, log, bus, limits, bootId, metrics };
  const services = createServices({ ...shared, secrets, hub, eventLoopLagMs, version: VERSION });
  const container: Container = { ...shared, services, hub: noHub };
  await services.settings.load();
  bus.subscribe((event) => {
    if (event.type !== "participant_expected") return;
    metrics.join(event.participant.stay > 1 ? "returned" : "first");
  });
  setContainer(container);
  await services.recordingCare.begin();
  return {
    container,
    generatedPassword,
    hasAdmin: await services.admins.exists(),
    async close() {
      lag.stop();
      await services.recordingCare.end();
      await services.audit.flush();
      kv.close();
    },
  };
}
