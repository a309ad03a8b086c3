/**
 * Sharing the database file between the server and its command line: SQLite lets one process write
 * at a time and may turn the other away (`database is locked`). Whoever waits a moment gets through.
 */
import { isKvFailure } from "./kv.ts";

const FIRST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 500;
const LOCKED = /locked|busy/i;

export class Patience {
  readonly #limitMs: number;

  /** @param limitMs of one operation, its repetitions included */
  constructor(limitMs: number) {
    this.#limitMs = limitMs;
  }

  /** @throws Error in words for people when the database stays locked */
  async wait<T>(operation: () => Promise<T>): Promise<T> {
    const deadline = performance.now() + this.#limitMs;
    for (let pauseMs = FIRST_PAUSE_MS;; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
      try {
        return await inTime(operation(), deadline - performance.now());
      } catch (error) {
        if (error !== LATE && !isLocked(error)) throw error;
        if (error === LATE || performance.now() + pauseMs >= deadline) throw busy(error);
      }
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }

  /** The same database, every operation with patience. A refused commit changed nothing. */
  kv(kv: Deno.Kv): Deno.Kv {
    return new Proxy(kv, {
      get: (target, name) => {
        const value = Reflect.get(target, name, target);
        if (typeof value !== "function") return value;
        const call = (...args: unknown[]) => value.apply(target, args);
        if (name === "atomic") return () => this.#atomic(value.call(target));
        return WAITING.has(name) ? (...args: unknown[]) => this.wait(() => call(...args)) : call;
      },
    });
  }

  #atomic(operation: Deno.AtomicOperation): Deno.AtomicOperation {
    const patient: Deno.AtomicOperation = new Proxy(operation, {
      get: (target, name) => {
        const value = Reflect.get(target, name, target);
        if (typeof value !== "function") return value;
        if (name === "commit") return () => this.wait(() => target.commit());
        return (...args: unknown[]) => {
          value.apply(target, args);
          return patient;
        };
      },
    });
    return patient;
  }
}

const WAITING: ReadonlySet<string | symbol> = new Set(["get", "getMany", "set", "delete"]);
const LATE = Symbol("late");

async function inTime<T>(work: Promise<T>, limitMs: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(LATE), Math.max(0, limitMs));
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

function isLocked(error: unknown): boolean {
  return isKvFailure(error) && error instanceof Error && LOCKED.test(error.message);
}

function busy(cause: unknown): Error {
  const message = "The database is locked by another process and stays so. Nothing was changed; " +
    "try again in a moment.";
  return new Error(message, { cause });
}
