/** Accounts of administrators, as the command line makes and unmakes them. */
import type { Admin } from "../../shared/protocol/admin.ts";
import { hashPassword } from "../auth/passwords.ts";
import {
  type AdminRecord,
  createAdmin,
  deleteAdmin,
  loadAdmin,
  loadAdmins,
  updateAdmin,
} from "../store/admins.ts";
import type { ServiceContext } from "./services.ts";

type AccountContext = Pick<ServiceContext, "kv" | "clock" | "ids" | "audit">;

export function adminToWire({ admin_id, username, created_at }: AdminRecord): Admin {
  return { admin_id, username, created_at };
}

export class AdminAccounts {
  readonly #context: AccountContext;

  constructor(context: AccountContext) {
    this.#context = context;
  }

  async list(): Promise<Admin[]> {
    return (await loadAdmins(this.#context.kv)).map(adminToWire);
  }

  /** @returns false when the name is taken */
  async create(username: string, password: string): Promise<boolean> {
    const { kv, clock, ids } = this.#context;
    if (await loadAdmin(kv, username) !== null) return false;
    const now = clock();
    const created = await createAdmin(kv, {
      admin_id: await ids.next("admin"),
      username,
      password: await hashPassword(password),
      created_at: new Date(now).toISOString(),
      password_changed_at: now,
    });
    if (created) await this.#record("admin_created", username);
    return created;
  }

  /** Sign-ins with the old password end. @returns false when there is no such account */
  async setPassword(username: string, password: string): Promise<boolean> {
    const hash = await hashPassword(password);
    const password_changed_at = this.#context.clock();
    const changed = await updateAdmin(this.#context.kv, username, (admin) => ({
      ...admin,
      password: hash,
      password_changed_at,
    }));
    if (changed !== null) await this.#record("admin_password_changed", username);
    return changed !== null;
  }

  /** Its sign-ins end. @returns false when there was no such account */
  async remove(username: string): Promise<boolean> {
    const removed = await deleteAdmin(this.#context.kv, username);
    if (removed) await this.#record("admin_removed", username);
    return removed;
  }

  async #record(
    action: "admin_created" | "admin_removed" | "admin_password_changed",
    name: string,
  ): Promise<void> {
    const actor = { kind: "cli", name: "" } as const;
    const target = { kind: "admin", id: name, name } as const;
    await this.#context.audit.record({ action, actor, target });
  }
}
