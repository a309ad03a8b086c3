/** A sign-in session, and the guest link that led to it. */
export interface Session {
  session_id: string;
  link_id?: string;
}

/** One open socket as the hub sees it: no WebSocket, so that rooms are tested without a network. */
export interface Connection {
  /** Scheme and host the client uses; URLs sent to it start with this. */
  readonly origin: string;
  /** What it was opened with; when that is over, so is this. */
  readonly session: Session;
  /** Opened by a PeerJS client: what goes in and out is translated. */
  readonly speaksPeerJs?: boolean;
  send(text: string): void;
  close(code: number, reason: string): void;
  /** Bytes handed over and not yet on the wire. */
  bufferedBytes(): number;
}

/** Time, injected so that tests need not wait. */
export interface Clock {
  now(): number;
  setTimeout(callback: () => void, delayMs: number): number;
  clearTimeout(timer: number | undefined): void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  setTimeout: (callback, delayMs) => setTimeout(callback, delayMs) as unknown as number,
  clearTimeout: (timer) => clearTimeout(timer),
};
