/** Changing the password that people sign in with, while the server runs. */
import type {
  AccessPasswordAnswer,
  ChangeAccessPassword,
} from "../../shared/protocol/admin_operations.ts";
import { changeAccessPassword } from "../auth/access_password.ts";
import type { AdminCaller } from "../auth/principal.ts";
import type { ServiceContext } from "./services.ts";
import type { SessionService } from "./sessions.ts";

export class AccessPasswordService {
  readonly #context: ServiceContext;
  readonly #sessions: SessionService;

  constructor(context: ServiceContext, sessions: SessionService) {
    this.#context = context;
    this.#sessions = sessions;
  }

  /** The old one opens nothing any more; who is signed in stays so, unless asked otherwise. */
  async change(wish: ChangeAccessPassword, caller: AdminCaller): Promise<AccessPasswordAnswer> {
    const { kv, config, log, audit } = this.#context;
    const generated_password = await changeAccessPassword(kv, {
      password: wish.password ?? null,
      configured: config.accessPassword,
    });
    const ended_sessions = wish.end_sessions ? await this.#sessions.endAllOfUsers() : 0;
    log.write({ event: "access_password_changed" });
    await audit.recordBy(caller, {
      action: "access_password_changed",
      target: { kind: "server", id: "access_password", name: "" },
      details: { generated: generated_password !== null, ended_sessions },
    });
    return { generated_password, ended_sessions };
  }
}
