/**
 * Credentials for the relays run out after some hours, calls do not. New ones are asked for in time,
 * and when a relay refuses those there are; connections use them the next time they look for a way.
 * What else goes wrong with a connection is passed on to the server's log.
 */
import type { ClientMessageData } from "../../shared/protocol/messages.ts";
import { TURN_CREDENTIAL_SECONDS, TURN_RENEWAL_SHARE } from "../../shared/protocol/limits.ts";
import type { IceServer, IceServersAnswer } from "../../shared/protocol/participants.ts";
import { iceServers, type Result } from "../api/api_client.ts";
import { RelayRefused } from "../rtc/ice.ts";
import { troubleReport } from "./trouble_report.ts";

const RENEW_AFTER_MS = TURN_CREDENTIAL_SECONDS * TURN_RENEWAL_SHARE * 1_000;
/** A suspended computer's timers stand still: look at the clock instead of waiting for long. */
export const LOOK_EVERY_MS = 60_000;
/** Fresh ones that are refused, too, are not the answer: the server's secret may be wrong. */
const REFUSED_PAUSE_MS = 60_000;

export interface RelayPassPorts {
  configure(servers: IceServer[]): void;
  report(report: ClientMessageData["webrtc-error"]): void;
  ask?(): Promise<Result<IceServersAnswer>>;
  nowMs?(): number;
}

export class RelayPass {
  readonly #ports: Required<RelayPassPorts>;
  readonly #told = new Set<string>();
  #takenAtMs: number;
  #triedAtMs = -Infinity;

  constructor(ports: RelayPassPorts) {
    this.#ports = { ask: iceServers, nowMs: () => Date.now(), ...ports };
    this.#takenAtMs = this.#ports.nowMs();
  }

  /** @returns stops it */
  start(): () => void {
    const timer = setInterval(() => void this.look(), LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }

  /** The server has just given these. */
  take(servers: IceServer[]): void {
    this.#takenAtMs = this.#ports.nowMs();
    this.#ports.configure(servers);
  }

  /** Renews what is old. */
  async look(): Promise<void> {
    if (this.#ports.nowMs() - this.#takenAtMs >= RENEW_AFTER_MS) await this.#renew();
  }

  /** Something went wrong with a connection. */
  hear(peerId: number, trouble: unknown): void {
    const report = troubleReport(peerId, trouble);
    if (!(trouble instanceof RelayRefused)) return this.#ports.report(report);
    // Every connection is refused alike: that is one thing to tell.
    if (!this.#told.has(trouble.message)) this.#ports.report(report);
    this.#told.add(trouble.message);
    if (this.#ports.nowMs() - this.#triedAtMs >= REFUSED_PAUSE_MS) void this.#renew();
  }

  async #renew(): Promise<void> {
    this.#triedAtMs = this.#ports.nowMs();
    const answer = await this.#ports.ask();
    if (answer.ok) this.take(answer.value.ice_servers);
  }
}
