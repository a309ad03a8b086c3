/** How long nobody has led a room that somebody is in. */
import type { Clock } from "./connection.ts";

export interface HostAbsencePorts {
  readonly clock: Clock;
  limitMs(): number;
  /** Nobody has led for the whole time: somebody else has to. */
  expired(): void;
}

export class HostAbsence {
  readonly #ports: HostAbsencePorts;
  #sinceMs: number | null = null;
  #timer: number | undefined;

  constructor(ports: HostAbsencePorts) {
    this.#ports = ports;
  }

  /** After every change of who is here and who leads. */
  watch({ isLed, isOccupied }: { isLed: boolean; isOccupied: boolean }): void {
    this.#stopTimer();
    if (isLed || !isOccupied) {
      this.#sinceMs = null;
      return;
    }
    const { clock } = this.#ports;
    this.#sinceMs ??= clock.now();
    const leftMs = this.#sinceMs + this.#ports.limitMs() - clock.now();
    // Guests alone go on without a leader; the first one who signed in becomes it.
    if (leftMs <= 0) return this.#ports.expired();
    this.#timer = clock.setTimeout(() => this.#ports.expired(), leftMs);
  }

  stop(): void {
    this.#stopTimer();
    this.#sinceMs = null;
  }

  #stopTimer(): void {
    this.#ports.clock.clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
