/** The audit log: rows are added and never changed, and go by themselves when they are old. */
import { AuditEntry } from "../../shared/protocol/admin_operations.ts";
import { keys } from "./keys.ts";

export async function appendAudit(
  kv: Deno.Kv,
  entry: AuditEntry,
  { keptMs }: { keptMs: number },
): Promise<void> {
  await kv.set(keys.audit(Date.parse(entry.at), entry.audit_id), entry, { expireIn: keptMs });
}

/** Newest first; rows of `since` (milliseconds) and before are over. */
export async function* listAudit(kv: Deno.Kv, since: number): AsyncGenerator<AuditEntry> {
  const start = keys.audit(since + 1, "");
  const options = { reverse: true, batchSize: 200 };
  // One past every number: the upper end of what begins with "audit".
  const end = [...keys.auditLog(), Infinity];
  for await (const { value } of kv.list({ start, end }, options)) yield AuditEntry.parse(value);
}
