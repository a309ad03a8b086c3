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
  watchKindOfNetwork(() => events.wake(), until);
  // A page kept alive in the history has said goodbye already: begin anew.
  addEventListener("pageshow", (event) => event.persisted && location.reload(), until);
}

/** Of the Network Information API, which Safari and Firefox do not have. */
interface NetworkInformation extends EventTarget {
  /** `wifi`, `cellular` …; phones know it, most computers do not. */
  readonly type?: string;
}

/** `change` also comes with every new guess of the rate; only another kind is another network. */
function watchKindOfNetwork(changed: () => void, until: { signal: AbortSignal }): void {
  const { connection } = navigator as { connection?: NetworkInformation };
  let kind = connection?.type;
  connection?.addEventListener("change", () => {
    if (connection.type === kind) return;
    kind = connection.type;
    if (kind !== "none") changed();
  }, until);
}
