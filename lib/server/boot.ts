/** From a valid configuration to a running set of services. */
import { ensureAccessPassword } from "./auth/access_password.ts";
import { createRateLimiter } from "./auth/rate_limiter.ts";
import { loadSecrets } from "./auth/secrets.ts";
import { createBus } from "./bus.ts";
import type { Config } from "./config.ts";
import { type Container, setContainer } from "./container.ts";
import { createLog } from "./observability/log.ts";
import { createServices } from "./services/services.ts";
import { openKv } from "./store/kv.ts";

export interface Booted {
  container: Container;
  /** Generated at the first start: show it once, it is stored hashed only. */
  generatedPassword: string | null;
}

export interface BootOptions {
  /** Where log lines go instead of standard output. */
  logSink?: (line: string) => void;
}

/** Opens the database and sets the process's container; the caller closes `container.kv`. */
export async function boot(config: Config, options: BootOptions = {}): Promise<Booted> {
  const log = createLog({ level: config.logLevel, sink: options.logSink });
  for (const warning of config.warnings) log.write({ event: "config_warning", warning });
  const [secrets, kv] = await Promise.all([loadSecrets(config), openKv(config.kvPath)]);
  const generatedPassword = await ensureAccessPassword(kv, config.accessPassword);
  const bus = createBus((error, { type }) =>
    log.write({ event: "failed", scope: `bus ${type}`, error })
  );
  const limits = createRateLimiter({
    onReached: (limit, key) => log.write({ event: "limit_reached", limit, key }),
  });
  const bootId = crypto.randomUUID();
  const services = createServices({ config, kv, log, bus, limits, secrets, bootId });
  const container = { config, kv, log, bus, services, limits, bootId };
  setContainer(container);
  return { container, generatedPassword };
}
