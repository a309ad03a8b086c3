/** Who did what when, for administrators to read. Rows are added and never changed. */
import type { Page } from "../../shared/protocol/admin.ts";
import type { AuditEntry, AuditQuery } from "../../shared/protocol/admin_operations.ts";
import type { AdminCaller } from "../auth/principal.ts";
import type { Log } from "../observability/log.ts";
import { appendAudit, listAudit } from "../store/audit.ts";
import { pageOf } from "../store/pages.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const KEPT_MS = 180 * DAY_MS;
/** Failed sign-ins of one address become one row for this long. */
const SUMMARY_MS = 10 * 60 * 1000;
/** The rest of a flood from many addresses shares one row. */
const MAX_ADDRESSES = 200;
const MANY = "many";

/** What failed: the access password, or an administrator's account. */
export type SignInDoor = "access" | "admin";

/** What happened, as the one who reports it knows it. */
export type AuditFacts = Pick<AuditEntry, "action" | "actor"> & Partial<AuditEntry>;

interface Failures {
  door: SignInDoor;
  address: string;
  count: number;
}

export interface AuditContext {
  kv: Deno.Kv;
  log: Pick<Log, "write">;
  clock: () => number;
}

export class AuditService {
  readonly #context: AuditContext;
  readonly #failures = new Map<string, Failures>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(context: AuditContext) {
    this.#context = context;
  }

  /** A failure to write is logged, and does not undo what was done. */
  async record(facts: AuditFacts): Promise<void> {
    const { kv, clock, log } = this.#context;
    const entry: AuditEntry = {
      audit_id: crypto.randomUUID(),
      at: new Date(clock()).toISOString(),
      address: null,
      target: null,
      details: {},
      ...facts,
    };
    try {
      await appendAudit(kv, entry, { keptMs: KEPT_MS });
    } catch (error) {
      log.write({ event: "store_failed", scope: `audit ${facts.action}`, error });
    }
  }

  /** By an administrator over the network. */
  async recordBy(
    { admin, address }: AdminCaller,
    facts: Omit<AuditFacts, "actor" | "address">,
  ): Promise<void> {
    const actor = { kind: "admin", name: admin.username } as const;
    await this.record({ ...facts, actor, address });
  }

  /** Counted, and written as one row per address in ten minutes: a flood must not fill the log. */
  signInFailed(door: SignInDoor, from: string): void {
    const known = this.#failures.has(`${door} ${from}`);
    const address = known || this.#failures.size < MAX_ADDRESSES ? from : MANY;
    const key = `${door} ${address}`;
    const failures = this.#failures.get(key) ?? { door, address, count: 0 };
    this.#failures.set(key, { ...failures, count: failures.count + 1 });
    if (this.#timer !== undefined) return;
    const timer = setTimeout(() => this.flush(), SUMMARY_MS);
    Deno.unrefTimer(timer);
    this.#timer = timer;
  }

  /** Writes what was counted; nothing is pending afterwards. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const all = [...this.#failures.values()];
    this.#failures.clear();
    await Promise.all(all.map(({ door, address, count }) =>
      this.record({
        action: "sign_in_failed",
        actor: { kind: "system", name: "" },
        address: address === MANY ? null : address,
        details: { door, count },
      })
    ));
  }

  /** Newest first. */
  async list(query: AuditQuery): Promise<Page<AuditEntry>> {
    await this.flush();
    const { kv, clock } = this.#context;
    const q = query.q?.toLowerCase() ?? "";
    const matches = ({ action, actor, target }: AuditEntry) =>
      (query.action === undefined || action === query.action) &&
      `${actor.name}\n${target?.name ?? ""}`.toLowerCase().includes(q);
    return await pageOf(listAudit(kv, clock() - KEPT_MS), matches, query);
  }
}
