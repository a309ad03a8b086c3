/** A write that changes nothing: a full disk fails writes while reads go on. */
import { keys } from "./keys.ts";

/** Far beyond the time between two probes; what a finished process left behind goes by itself. */
const KEPT_MS = 24 * 60 * 60 * 1000;

export async function probe(kv: Deno.Kv, bootId: string): Promise<void> {
  await kv.set(keys.heartbeat(bootId), Date.now(), { expireIn: KEPT_MS });
}
