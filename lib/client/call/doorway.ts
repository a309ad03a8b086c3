/** In front of the door: a socket and nothing of the room, until somebody opens. */
import { batch, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { RoomState, ServerMessage } from "../../shared/protocol/messages.ts";
import type { IceServer } from "../../shared/protocol/participants.ts";
import { iceServers } from "../api/api_client.ts";
import type { CallEnd, CallPhase, Door } from "./call_state.ts";

const ICE_SERVER_ATTEMPTS = 3;
const ICE_SERVER_RETRY_MS = 1_000;

export interface DoorwayPorts {
  /** Let in, with what a direct join would have answered. */
  enter(state: RoomState, servers: IceServer[]): void;
  /** What had arrived before that, in order. */
  message(message: ServerMessage): void;
  turnedAway(end: CallEnd): void;
}

export class Doorway {
  readonly #ports: DoorwayPorts;
  readonly #phase: Signal<CallPhase>;
  readonly #lifetime: AbortSignal;
  readonly #door = signal<Door | null>(null);
  readonly door: ReadonlySignal<Door | null> = this.#door;
  /** What arrives between the open door and the running call. */
  #backlog: ServerMessage[] | null = null;

  constructor(phase: Signal<CallPhase>, lifetime: AbortSignal, ports: DoorwayPorts) {
    this.#ports = ports;
    this.#phase = phase;
    this.#lifetime = lifetime;
  }

  wait(door: Door): void {
    batch(() => {
      this.#door.value = door;
      this.#phase.value = "waiting";
    });
  }

  receive(message: ServerMessage): void {
    if (this.#backlog !== null) this.#backlog.push(message);
    else if (message.type === "room_state") {
      this.#backlog = [message];
      void this.#comeIn(message.data);
    } else if (message.type === "waiting_state") {
      const { room_name, moderators_online } = message.data;
      this.wait({ roomName: room_name, moderatorsOnline: moderators_online });
    } else if (message.type === "denied") this.#ports.turnedAway({ reason: "denied" });
  }

  async #comeIn(state: RoomState): Promise<void> {
    this.#phase.value = "connecting";
    const servers = await this.#askIceServers();
    if (servers === null || this.#lifetime.aborted) return;
    // At once, so that nobody who was there before looks like an arrival.
    batch(() => {
      this.#door.value = null;
      this.#ports.enter(state, servers);
      for (const message of this.#backlog ?? []) this.#ports.message(message);
    });
  }

  /** Null: there are none to be had, and the stay has ended with the reason. */
  async #askIceServers(): Promise<IceServer[] | null> {
    for (let attempt = 1;; attempt++) {
      const answer = await iceServers();
      if (answer.ok) return answer.value.ice_servers;
      if (attempt >= ICE_SERVER_ATTEMPTS) {
        this.#ports.turnedAway({ reason: "error", error: answer.error });
        return null;
      }
      await new Promise((resolve) => setTimeout(resolve, ICE_SERVER_RETRY_MS));
    }
  }
}
