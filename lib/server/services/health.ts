/** Whether the database answers in time. */
import { AppError } from "../app_error.ts";
import { probe } from "../store/probe.ts";
import type { ServiceContext } from "./services.ts";

const TIMEOUT_MS = 1_500;
/** Whoever asks more often gets the last answer: a probe is a write. */
const MAX_AGE_MS = 1_000;
const RETRY_SECONDS = 5;

export interface Health {
  status: "ok";
  boot_id: string;
  server_time: string;
}

export class HealthService {
  readonly #context: ServiceContext;
  #lastProbe: { at: number; outcome: Promise<void> } | null = null;

  constructor(context: ServiceContext) {
    this.#context = context;
  }

  /** @throws AppError UNAVAILABLE within two seconds */
  async check(): Promise<Health> {
    const { bootId, clock } = this.#context;
    await this.#probe();
    return { status: "ok", boot_id: bootId, server_time: new Date(clock()).toISOString() };
  }

  #probe(): Promise<void> {
    const { kv, bootId, clock, log } = this.#context;
    const now = clock();
    if (this.#lastProbe === null || now - this.#lastProbe.at >= MAX_AGE_MS) {
      const outcome = withTimeout(probe(kv, bootId), TIMEOUT_MS).catch((cause) => {
        log.write({ event: "store_failed", scope: "health", error: cause });
        const facts = { status: "unavailable" };
        throw new AppError("UNAVAILABLE", facts, { retryAfterSeconds: RETRY_SECONDS, cause });
      });
      this.#lastProbe = { at: now, outcome };
    }
    return this.#lastProbe.outcome;
  }
}

async function withTimeout(job: Promise<void>, timeoutMs: number): Promise<void> {
  const late = AbortSignal.timeout(timeoutMs);
  const aborted = new Promise<never>((_, reject) => {
    late.addEventListener("abort", () => reject(late.reason), { once: true });
  });
  await Promise.race([job, aborted]);
}
