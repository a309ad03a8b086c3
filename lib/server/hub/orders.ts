/** Orders on their way from a room to the service that carries them out. */
import { isAppError } from "../app_error.ts";
import type { Log } from "../observability/log.ts";
import type { ModerationService } from "../services/moderation.ts";
import type { RecordingService } from "../services/recordings.ts";
import type { Refusal, RoomPorts } from "./room_ports.ts";

interface Outside {
  readonly log: Pick<Log, "write">;
  readonly services: {
    readonly moderation: Pick<ModerationService, "performAs">;
    readonly recordings: Pick<RecordingService, "performAs">;
  };
}

export class Orders {
  readonly #outside: Outside;
  readonly #underWay = new Set<Promise<void>>();

  constructor(outside: Outside) {
    this.#outside = outside;
  }

  /** What was done comes back over the bus; only refusals are answered here. */
  readonly give: RoomPorts["moderate"] = (by, command, refused) => {
    const { moderation } = this.#outside.services;
    this.#follow(command.action, moderation.performAs(by, command), refused);
  };

  readonly record: RoomPorts["record"] = (by, command, refused) => {
    const { recordings } = this.#outside.services;
    this.#follow(`${command} recording`, recordings.performAs(by, command), refused);
  };

  /** Resolves when everything ordered so far is done or refused. */
  async settled(): Promise<void> {
    await Promise.all(this.#underWay);
  }

  #follow(what: string, order: Promise<unknown>, refused: Refusal): void {
    const job: Promise<void> = order.then(
      () => {},
      (error: unknown) => {
        if (isAppError(error)) return refused(error.code, error.facts);
        this.#outside.log.write({ event: "failed", scope: `order ${what}`, error });
        refused("INTERNAL_ERROR", {});
      },
    ).finally(() => this.#underWay.delete(job));
    this.#underWay.add(job);
  }
}
