/** Orders on their way from a room to the service that carries them out. */
import { isAppError } from "../app_error.ts";
import type { Log } from "../observability/log.ts";
import type { ModerationService } from "../services/moderation.ts";
import type { RoomPorts } from "./room_ports.ts";

interface Outside {
  readonly log: Pick<Log, "write">;
  readonly services: { readonly moderation: Pick<ModerationService, "performAs"> };
}

export class Orders {
  readonly #outside: Outside;
  readonly #underWay = new Set<Promise<void>>();

  constructor(outside: Outside) {
    this.#outside = outside;
  }

  /** What was done comes back over the bus; only refusals are answered here. */
  readonly give: RoomPorts["moderate"] = (by, command, refused) => {
    const { services, log } = this.#outside;
    const job: Promise<void> = services.moderation.performAs(by, command).then(
      () => {},
      (error: unknown) => {
        if (isAppError(error)) return refused(error.code, error.facts);
        log.write({ event: "failed", scope: `order ${command.action}`, error });
        refused("INTERNAL_ERROR", {});
      },
    ).finally(() => this.#underWay.delete(job));
    this.#underWay.add(job);
  };

  /** Resolves when everything ordered so far is done or refused. */
  async settled(): Promise<void> {
    await Promise.all(this.#underWay);
  }
}
