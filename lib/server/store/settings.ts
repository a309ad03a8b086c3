/** What administrators changed while the server ran. */
import { z } from "zod";
import { AdminSettings } from "../../shared/protocol/admin_operations.ts";
import { keys } from "./keys.ts";
import { load, loadEntry, transact } from "./kv.ts";

export const SettingsRecord = z.object({
  /** Only what was changed. What a newer version does not know any more is left out. */
  values: AdminSettings.partial().catch({}),
  updated_at: z.string(),
  updated_by: z.string(),
});
export type SettingsRecord = z.infer<typeof SettingsRecord>;

export function loadSettings(kv: Deno.Kv): Promise<SettingsRecord | null> {
  return load(kv, keys.settings(), SettingsRecord);
}

export function changeSettings(
  kv: Deno.Kv,
  change: (current: SettingsRecord | null) => SettingsRecord,
): Promise<SettingsRecord> {
  return transact(async () => {
    const entry = await loadEntry(kv, keys.settings(), SettingsRecord);
    const result = change(entry.value);
    return { commit: kv.atomic().check(entry).set(entry.key, result), result };
  });
}
