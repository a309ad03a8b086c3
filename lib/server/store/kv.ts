/** Reading records whole and changing them atomically. */
import { dirname } from "node:path";
import type { z } from "zod";
import { AppError } from "../app_error.ts";

/** After the first attempt. Within one process turns are taken, so conflicts come from others. */
const MAX_RETRIES = 3;
/** `getMany` takes no more. */
const KEYS_PER_READ = 10;

/** @param path a file, or the URL of KV Connect */
export async function openKv(path: string): Promise<Deno.Kv> {
  const isFile = !/^https?:/.test(path);
  if (isFile) await Deno.mkdir(dirname(path), { recursive: true, mode: 0o700 });
  return await Deno.openKv(path);
}

/** A record as read; `check` it to change only what was seen. */
export interface Entry<T> {
  key: Deno.KvKey;
  value: T | null;
  versionstamp: string | null;
}

/** @throws ZodError when the stored value is not what the schema says */
export async function loadEntry<T>(
  kv: Deno.Kv,
  key: Deno.KvKey,
  schema: z.ZodType<T>,
): Promise<Entry<T>> {
  const { value, versionstamp } = await kv.get(key);
  return { key, versionstamp, value: versionstamp === null ? null : schema.parse(value) };
}

export async function load<T>(
  kv: Deno.Kv,
  key: Deno.KvKey,
  schema: z.ZodType<T>,
): Promise<T | null> {
  return (await loadEntry(kv, key, schema)).value;
}

/** In the order of `keys`, without those that do not exist. */
export async function loadMany<T>(
  kv: Deno.Kv,
  keys: readonly Deno.KvKey[],
  schema: z.ZodType<T>,
): Promise<T[]> {
  const records: T[] = [];
  for (let start = 0; start < keys.length; start += KEYS_PER_READ) {
    const entries = await kv.getMany<unknown[]>(keys.slice(start, start + KEYS_PER_READ));
    for (const { value, versionstamp } of entries) {
      if (versionstamp !== null) records.push(schema.parse(value));
    }
  }
  return records;
}

/** What one attempt wants: a commit to try, or null when there is nothing to change. */
export interface Attempt<T> {
  commit: Deno.AtomicOperation | null;
  result: T;
}

/**
 * Reads, applies the rule, checks and commits; again when somebody was faster.
 * @throws AppError CONFLICT after three retries
 */
export async function transact<T>(attempt: () => Promise<Attempt<T>>): Promise<T> {
  for (let tries = 0; tries <= MAX_RETRIES; tries++) {
    const { commit, result } = await attempt();
    if (commit === null || (await commit.commit()).ok) return result;
  }
  throw new AppError("CONFLICT", {}, { retryAfterSeconds: 1 });
}

/** Changes one existing record. @returns the record as stored, or null when there is none */
export function update<T>(
  kv: Deno.Kv,
  key: Deno.KvKey,
  schema: z.ZodType<T>,
  change: (current: T) => T,
): Promise<T | null> {
  return transact(async () => {
    const entry = await loadEntry(kv, key, schema);
    if (entry.value === null) return { commit: null, result: null };
    const result = change(entry.value);
    return { commit: kv.atomic().check(entry).set(key, result), result };
  });
}

const FAILURE =
  /database (is locked|or disk is full|disk image)|disk I\/O|unable to open database|readonly database/i;

/** The database itself fails (disk full, locked by another process), not a rule. */
export function isKvFailure(error: unknown): boolean {
  return error instanceof Error && FAILURE.test(error.message);
}
