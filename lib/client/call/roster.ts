/** Everyone else in the room: their views for the page, their links in the mesh. */
import { type ReadonlySignal, signal } from "@preact/signals";
import type { VideoParticipant } from "../../shared/protocol/participants.ts";
import type { Mesh } from "../rtc/mesh.ts";
import { applyCameraEncoding, cameraEncoding } from "./camera_encoding.ts";
import { RemoteView } from "./remote_person.ts";

export interface RosterOptions {
  selfId: number;
  /** This browser can encrypt end to end. */
  encrypts: boolean;
  /** Somebody is no longer in the room. */
  removed(participantId: number): void;
}

export class Roster {
  readonly #mesh: Mesh;
  readonly #selfId: number;
  readonly #encrypts: boolean;
  readonly #removed: RosterOptions["removed"];
  readonly #views = signal<readonly RemoteView[]>([]);
  readonly others: ReadonlySignal<readonly RemoteView[]> = this.#views;

  constructor(mesh: Mesh, { selfId, encrypts, removed }: RosterOptions) {
    this.#mesh = mesh;
    this.#selfId = selfId;
    this.#encrypts = encrypts;
    this.#removed = removed;
  }

  find(participantId: number): RemoteView | undefined {
    return this.#views.peek().find((view) => view.id === participantId);
  }

  /**
   * The whole truth after a connect. Whoever is new to us was here before us, so we offer; links
   * that survived the silence go on as they are.
   */
  reconcile(participants: readonly VideoParticipant[]): void {
    const here = new Set(participants.map((participant) => participant.participant_id));
    for (const view of this.#views.peek()) if (!here.has(view.id)) this.remove(view.id);
    for (const participant of participants) {
      const id = participant.participant_id;
      if (id === this.#selfId) continue;
      if (this.find(id) !== undefined) this.update(participant);
      else if (this.#add(participant) && this.#mayOffer(participant, participants)) {
        this.#mesh.offer(id);
      }
    }
  }

  /** A newcomer offers; one that only knows the documents may wait to be offered a connection. */
  join(participant: VideoParticipant): void {
    const id = participant.participant_id;
    if (id === this.#selfId) return;
    if (!this.#add(participant)) return this.update(participant);
    if (isRaw(participant) && this.#mayOffer(participant, this.#everyone())) {
      this.#mesh.offerIfSilent(id);
    }
  }

  update(participant: VideoParticipant): void {
    this.find(participant.participant_id)?.update(participant);
  }

  remove(participantId: number): void {
    this.#mesh.remove(participantId);
    this.#removed(participantId);
    this.#views.value = this.#views.peek().filter((view) => view.id !== participantId);
    this.spendCamera();
  }

  /** Shares what the camera may cost among the links there are. */
  spendCamera(): void {
    const encoding = cameraEncoding(this.#views.peek().length);
    for (const [, link] of this.#mesh.links()) {
      const sender = link.sender("camera");
      if (sender === undefined) continue;
      // Refused when the link is replaced meanwhile: its successor asks again when it connects.
      applyCameraEncoding(sender, encoding).catch(() => {});
    }
  }

  #everyone(): VideoParticipant[] {
    return this.#views.peek().map((view) => view.participant.peek());
  }

  #add(participant: VideoParticipant): boolean {
    const id = participant.participant_id;
    if (this.find(id) !== undefined) return false;
    const view = new RemoteView(participant);
    const encrypted = this.#encrypts && participant.capabilities.includes("e2ee-1");
    if (!encrypted) view.setProtection({ kind: "transport" });
    this.#views.value = [...this.#views.peek(), view];
    this.#mesh.add(id, isRaw(participant) ? "raw" : "mesh", { encrypted });
    return true;
  }

  /**
   * A raw client has one connection for the whole room and answers every offer with it, so only
   * one of us may offer: who has the lowest id of those that know the mesh.
   */
  #mayOffer(to: VideoParticipant, everyone: readonly VideoParticipant[]): boolean {
    if (!isRaw(to)) return true;
    return everyone.every((other) => isRaw(other) || other.participant_id >= this.#selfId);
  }
}

function isRaw(participant: VideoParticipant): boolean {
  return !participant.capabilities.includes("mesh-1");
}
