/** Signing in as an administrator. Accounts are made at the command line. */
import type { Admin, AdminLogin } from "../../shared/protocol/admin.ts";
import type { Logout } from "../../shared/protocol/auth.ts";
import { ADMIN_SESSION_SECONDS } from "../../shared/protocol/limits.ts";
import { AppError } from "../app_error.ts";
import { LoginAttempts } from "../auth/login_attempts.ts";
import { hashPassword, verifyPassword } from "../auth/passwords.ts";
import type { AdminCaller, AdminPrincipal, CredentialSource } from "../auth/principal.ts";
import type { PasswordHash } from "../store/access_password.ts";
import {
  deleteAdminSession,
  deleteAdminSessionsOf,
  hasAdmins,
  loadAdmin,
  loadAdminSession,
  saveAdminSession,
} from "../store/admins.ts";
import { adminToWire } from "./admin_accounts.ts";
import type { ServiceContext } from "./services.ts";

export interface AdminSignedIn {
  admin: Admin;
  token: string;
  lifetimeSeconds: number;
}

export class AdminService {
  readonly #context: ServiceContext;
  readonly #attempts: LoginAttempts;
  /** Judging a name nobody has takes as long as judging a password. */
  #nobody: Promise<PasswordHash> | undefined;

  constructor(context: ServiceContext) {
    this.#context = context;
    this.#attempts = new LoginAttempts(context.clock);
  }

  exists(): Promise<boolean> {
    return hasAdmins(this.#context.kv);
  }

  /** @throws AppError INVALID_CREDENTIALS, TOO_MANY_REQUESTS, UNAVAILABLE */
  async login({ username, password }: AdminLogin, address: string): Promise<AdminSignedIn> {
    const { kv, clock, tokens, log, audit, metrics } = this.#context;
    this.#attempts.begin(address);
    const record = await loadAdmin(kv, username);
    const hash = record?.password ?? await (this.#nobody ??= hashPassword(crypto.randomUUID()));
    if (!await verifyPassword(password, hash) || record === null) {
      log.write({ event: "auth_failed", reason: "INVALID_CREDENTIALS", address });
      audit.signInFailed("admin", address);
      throw new AppError("INVALID_CREDENTIALS");
    }
    this.#attempts.succeeded(address);
    const { admin_id } = record;
    const created_at = clock();
    const expires_at = created_at + ADMIN_SESSION_SECONDS * 1000;
    const session_id = crypto.randomUUID();
    await saveAdminSession(kv, { session_id, admin_id, username, created_at, expires_at });
    const claims = { sub: String(admin_id), jti: session_id };
    const token = await tokens.sign("admin", claims, ADMIN_SESSION_SECONDS);
    log.write({ event: "admin_signed_in", admin_id });
    metrics.signIn("admin");
    const actor = { kind: "admin", name: username } as const;
    await audit.record({ action: "admin_signed_in", actor, address });
    return { token, lifetimeSeconds: ADMIN_SESSION_SECONDS, admin: adminToWire(record) };
  }

  /** Null when the token is void, or the account is gone or has another password since. */
  async verify(token: string, via: CredentialSource): Promise<AdminPrincipal | null> {
    const { kv, clock, tokens } = this.#context;
    const verdict = await tokens.verify("admin", token);
    if (!verdict.ok) return null;
    const session = await loadAdminSession(kv, verdict.claims.jti, clock());
    const record = session && await loadAdmin(kv, session.username);
    if (session === null || record === null || record.admin_id !== session.admin_id) return null;
    if (session.created_at < record.password_changed_at) return null;
    const { admin_id, username, session_id } = session;
    return { kind: "admin", admin_id, username, session_id, via };
  }

  /** This session, or with `everywhere` all of the same account. */
  async logout({ admin, address }: AdminCaller, { everywhere }: Logout): Promise<void> {
    const { kv, log, audit } = this.#context;
    const { admin_id, username, session_id } = admin;
    const details: Record<string, number> = {};
    if (everywhere) details.sessions = await deleteAdminSessionsOf(kv, admin_id);
    else await deleteAdminSession(kv, session_id);
    log.write({ event: "admin_signed_out", admin_id });
    const actor = { kind: "admin", name: username } as const;
    await audit.record({ action: "admin_signed_out", actor, address, details });
  }

  /** @throws AppError SESSION_EXPIRED */
  async me({ username }: AdminPrincipal): Promise<Admin> {
    const record = await loadAdmin(this.#context.kv, username);
    if (record === null) throw new AppError("SESSION_EXPIRED");
    return adminToWire(record);
  }
}
