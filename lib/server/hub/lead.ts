/** Who leads one room: what only they are told, and what happens when nobody does. */
import { successor } from "../../shared/domain/moderation.ts";
import { can } from "../../shared/domain/permissions.ts";
import type { WaitingPerson } from "../../shared/protocol/moderation.ts";
import type { Role } from "../../shared/protocol/participants.ts";
import type { ParticipantRecord } from "../store/participants.ts";
import type { Clock } from "./connection.ts";
import { HostAbsence } from "./host_absence.ts";
import type { Member } from "./member.ts";
import type { Members } from "./members.ts";

export interface LeadPorts {
  readonly clock: Clock;
  readonly members: Members;
  limitMs(): number;
  waiting(): WaitingPerson[];
  /** Somebody is there who may let people in, or no longer. */
  turned(): void;
  /** Nobody has led for long enough: this one has to. */
  appoint(person: ParticipantRecord): void;
}

export class Lead {
  readonly #ports: LeadPorts;
  readonly #absence: HostAbsence;
  #isThere = false;

  constructor(ports: LeadPorts) {
    this.#ports = ports;
    this.#absence = new HostAbsence({
      clock: ports.clock,
      limitMs: () => ports.limitMs(),
      expired: () => {
        const person = successor(ports.members.all().map(({ record }) => record));
        if (person !== undefined) ports.appoint(person);
      },
    });
  }

  /** Somebody who leads has an open socket. */
  get isThere(): boolean {
    return this.#isThere;
  }

  /** After every change of who is here and who leads. */
  reckon(): void {
    const online = this.#ports.members.online();
    const isLed = online.some((member) => can(member.record.role, "admit"));
    const isNews = isLed !== this.#isThere;
    this.#isThere = isLed;
    if (isNews) this.#ports.turned();
    this.#absence.watch({ isLed, isOccupied: online.length > 0 });
  }

  /** The list of those who wait has changed. */
  showWaiting(): void {
    for (const member of this.#ports.members.online()) {
      if (can(member.record.role, "see_waiting")) send(member, this.#ports.waiting());
    }
  }

  roleChanged(member: Member, before: Role): void {
    const { role } = member.record;
    if (role === before) return;
    if (can(role, "see_waiting")) send(member, this.#ports.waiting());
    // Whoever leads no more forgets whom they saw.
    else if (can(before, "see_waiting")) send(member, []);
    this.reckon();
  }

  stop(): void {
    this.#absence.stop();
  }
}

function send(member: Member, waiting: WaitingPerson[]): void {
  member.send(JSON.stringify({ type: "waiting_list", data: { waiting } }));
}
