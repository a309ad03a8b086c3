/** Whether hub and database answer in time. */
import { AppError } from "../app_error.ts";
import { probe } from "../store/probe.ts";
import type { ServiceContext } from "./services.ts";

/** Each part, side by side: the answer comes within two seconds. */
const TIMEOUT_MS = 1_500;
/** Whoever asks more often gets the last answer: a probe is a write. */
const MAX_AGE_MS = 1_000;
const RETRY_SECONDS = 5;

export type HealthPart = "hub" | "database";

export interface Health {
  status: "ok";
  boot_id: string;
  server_time: string;
}

/** What was found, and how long the database took. */
export interface HealthReport {
  failed: HealthPart[];
  databaseMs: number | null;
}

export class HealthService {
  readonly #context: ServiceContext;
  readonly #timeoutMs: number;
  #last: { at: number; report: Promise<HealthReport> } | null = null;

  constructor(context: ServiceContext, timeoutMs = TIMEOUT_MS) {
    this.#context = context;
    this.#timeoutMs = timeoutMs;
  }

  /** @throws AppError UNAVAILABLE within two seconds; the fact `failed` names the parts */
  async check(): Promise<Health> {
    const { bootId, clock } = this.#context;
    const { failed } = await this.report();
    if (failed.length > 0) {
      const facts = { status: "unavailable", failed };
      throw new AppError("UNAVAILABLE", facts, { retryAfterSeconds: RETRY_SECONDS });
    }
    return { status: "ok", boot_id: bootId, server_time: new Date(clock()).toISOString() };
  }

  report(): Promise<HealthReport> {
    const now = this.#context.clock();
    if (this.#last === null || now - this.#last.at >= MAX_AGE_MS) {
      this.#last = { at: now, report: this.#ask() };
    }
    return this.#last.report;
  }

  async #ask(): Promise<HealthReport> {
    const { kv, hub, bootId, log } = this.#context;
    const startedAt = performance.now();
    const [hubAnswers, databaseMs] = await Promise.all([
      this.#inTime("hub", () => hub().ping().then(() => true)),
      this.#inTime("database", () => probe(kv, bootId).then(() => performance.now() - startedAt)),
    ]);
    const failed: HealthPart[] = [];
    if (hubAnswers === null) failed.push("hub");
    if (databaseMs === null) failed.push("database");
    if (failed.length > 0) log.write({ event: "health_failed", parts: failed });
    return { failed, databaseMs };
  }

  /** Null when it failed or took too long; why is in the log. */
  async #inTime<T>(part: HealthPart, ask: () => Promise<T>): Promise<T | null> {
    const late = AbortSignal.timeout(this.#timeoutMs);
    const aborted = new Promise<never>((_, reject) => {
      late.addEventListener("abort", () => reject(late.reason), { once: true });
    });
    try {
      return await Promise.race([ask(), aborted]);
    } catch (error) {
      this.#context.log.write({ event: "store_failed", scope: `health ${part}`, error });
      return null;
    }
  }
}
