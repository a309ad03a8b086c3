/** What the page itself goes through while a call runs in it. */
export interface PageEvents {
  /** It goes away, perhaps to be loaded again. */
  goodbye(): void;
  /** The network or the page came back, or changed. */
  wake(): void;
}

export function watchPage(events: PageEvents, lifetime: AbortSignal): void {
  const until = { signal: lifetime };
  addEventListener("pagehide", () => events.goodbye(), until);
  addEventListener("online", () => events.wake(), until);
  // A page kept alive in the history has said goodbye already: begin anew.
  addEventListener("pageshow", (event) => event.persisted && location.reload(), until);
}
