/** What the rest of the server may ask the hub: numbers only, so that services never import it. */

/** One live room in numbers. */
export interface RoomCensus {
  room_id: number;
  /** Everyone in it, the offline grace included; who waits in front is not counted. */
  participants: number;
  /** With an open socket. */
  online: number;
}

/** The last word of one participant on its links. */
export interface QualitySnapshot {
  room_id: number;
  participant_id: number;
  /** Milliseconds since the epoch. */
  at: number;
  links: readonly LinkSnapshot[];
}

export interface LinkSnapshot {
  /** Of the other end. */
  participant_id: number;
  rtt_ms: number | null;
  jitter_ms: number | null;
  /** 0 to 1. */
  loss: number | null;
  relayed: boolean;
}

export interface HubPort {
  census(): { rooms: readonly RoomCensus[]; sockets: number };
  quality(): readonly QualitySnapshot[];
  /** Resolves when the hub took its turn. */
  ping(): Promise<void>;
}

/** Before the hub is there, and after it is gone. */
export const noHub: HubPort = {
  census: () => ({ rooms: [], sockets: 0 }),
  quality: () => [],
  ping: () => Promise.reject(new Error("Cannot ask the hub: it does not run.")),
};
