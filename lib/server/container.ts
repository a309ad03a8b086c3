/**
 * The process-wide state. The server and Fresh's renderer are two bundles with two copies of every
 * module, so it hangs on `globalThis` under a registered symbol and nowhere else.
 */
import type { Bus } from "./bus.ts";
import type { Config } from "./config.ts";
import type { RateLimiter } from "./auth/rate_limiter.ts";
import type { HubPort } from "./hub_port.ts";
import type { Log } from "./observability/log.ts";
import type { Metrics } from "./observability/metrics.ts";
import type { Services } from "./services/services.ts";

export interface Container {
  config: Config;
  kv: Deno.Kv;
  log: Log;
  bus: Bus;
  services: Services;
  limits: RateLimiter;
  metrics: Metrics;
  /** Set once the hub runs; before, asking it fails. */
  hub: HubPort;
  /** Changes with every start of the process. */
  bootId: string;
}

const KEY = Symbol.for("videocall.container");
const holder = globalThis as { [KEY]?: Container };

/** @throws Error when used before `setContainer` */
export function container(): Container {
  const current = holder[KEY];
  if (current === undefined) {
    throw new Error("Cannot reach the container: it is not set. Call setContainer() at boot.");
  }
  return current;
}

export function setContainer(next: Container): void {
  holder[KEY] = next;
}
