/** Everyone else in the room: their views for the page, their links in the mesh. */
import { type ReadonlySignal, signal } from "@preact/signals";
import type { VideoParticipant } from "../../shared/protocol/participants.ts";
import type { ModerationEvent } from "../../shared/protocol/moderation.ts";
import type { Mesh } from "../rtc/mesh.ts";
import type { PeerKind } from "../rtc/peer_link_ports.ts";
import type { MediaProtection } from "./media_protection.ts";
import { RemoteView } from "./remote_person.ts";

export interface RosterOptions {
  selfId: number;
  protection: Pick<MediaProtection, "possible" | "required">;
  /** Somebody is no longer in the room. */
  removed(participantId: number): void;
}

export class Roster {
  readonly #mesh: Mesh;
  readonly #selfId: number;
  readonly #protection: RosterOptions["protection"];
  readonly #removed: RosterOptions["removed"];
  readonly #views = signal<readonly RemoteView[]>([]);
  readonly others: ReadonlySignal<readonly RemoteView[]> = this.#views;

  constructor(mesh: Mesh, { selfId, protection, removed }: RosterOptions) {
    this.#mesh = mesh;
    this.#selfId = selfId;
    this.#protection = protection;
    this.#removed = removed;
  }

  find(participantId: number): RemoteView | undefined {
    return this.#views.peek().find((view) => view.id === participantId);
  }

  /**
   * The whole truth after a connect. Links that survived the silence go on as they are.
   *
   * @param awaited everyone else has been told of this page just now, and offers to it
   */
  reconcile(participants: readonly VideoParticipant[], awaited: boolean): void {
    const here = new Set(participants.map((participant) => participant.participant_id));
    for (const view of this.#views.peek()) if (!here.has(view.id)) this.remove(view.id);
    for (const participant of participants) {
      const id = participant.participant_id;
      if (id === this.#selfId) continue;
      if (this.find(id) !== undefined) this.update(participant);
      else if (this.#add(participant)) this.#meet(participant, participants, awaited);
    }
  }

  /**
   * Whoever was here first offers: this page is warm, the newcomer's has everything still to do.
   */
  join(participant: VideoParticipant): void {
    const id = participant.participant_id;
    if (id === this.#selfId) return;
    if (!this.#add(participant)) return this.update(participant);
    this.#meet(participant, this.#everyone(), false);
  }

  /** The room demands encryption from now on: links without it are closed. */
  requireEncryption(): void {
    for (const view of this.#views.peek()) {
      if (view.protection.peek().kind === "transport") this.#link(view);
    }
  }

  /** A new link to somebody whose link was closed for good. */
  meetAgain(participantId: number): void {
    const view = this.find(participantId);
    if (view === undefined) return;
    this.#link(view);
    this.#mesh.offer(participantId);
  }

  update(participant: VideoParticipant): void {
    this.find(participant.participant_id)?.update(participant);
    if (participant.is_online) this.#mesh.nudge(participant.participant_id);
  }

  /** Everybody enforces what was ordered. */
  order(event: ModerationEvent): void {
    for (const view of this.#views.peek()) view.order(event);
  }

  setServerAway(away: boolean): void {
    for (const view of this.#views.peek()) view.setServerAway(away);
  }

  remove(participantId: number): void {
    this.#mesh.remove(participantId);
    this.#removed(participantId);
    this.#views.value = this.#views.peek().filter((view) => view.id !== participantId);
  }

  #everyone(): VideoParticipant[] {
    return this.#views.peek().map((view) => view.participant.peek());
  }

  #add(participant: VideoParticipant): boolean {
    const id = participant.participant_id;
    if (this.find(id) !== undefined) return false;
    const view = new RemoteView(participant);
    this.#views.value = [...this.#views.peek(), view];
    this.#link(view);
    return true;
  }

  /** What the server says of their program decides how much less there is, never how much more. */
  #link(view: RemoteView): void {
    const participant = view.participant.peek();
    const { possible, required } = this.#protection;
    const encrypted = possible && participant.capabilities.includes("e2ee-1");
    if (!encrypted) {
      const kind = required ? "refused" : "transport";
      view.setProtection({ kind, lacking: possible ? "other" : "self" });
      // The room demands encryption: there is no link to somebody who cannot do it.
      if (kind === "refused") return this.#mesh.remove(view.id);
    }
    this.#mesh.add(view.id, kindOf(participant), { encrypted });
  }

  /** Whether clients other than ours want to offer or to be offered, they alone know. */
  #meet(
    participant: VideoParticipant,
    everyone: readonly VideoParticipant[],
    awaited: boolean,
  ): void {
    const id = participant.participant_id;
    if (kindOf(participant) === "mesh" && !awaited) return this.#mesh.offer(id);
    if (this.#mayOffer(participant, everyone)) this.#mesh.offerIfSilent(id);
  }

  /**
   * A raw client has one connection for the whole room and answers every offer with it, so only
   * one of us may offer: who has the lowest id of those that know the mesh.
   */
  #mayOffer(to: VideoParticipant, everyone: readonly VideoParticipant[]): boolean {
    if (kindOf(to) !== "raw") return true;
    return everyone.every((other) =>
      kindOf(other) !== "mesh" || other.participant_id >= this.#selfId
    );
  }
}

function kindOf({ capabilities }: VideoParticipant): PeerKind {
  if (capabilities.includes("mesh-1")) return "mesh";
  return capabilities.includes("peerjs-1") ? "peerjs" : "raw";
}
