/**
 * Runs in every page before the page's own scripts: counts what the page's connections negotiate,
 * so that tests can tell that something happened without a new offer. The product knows nothing
 * of it.
 */
export interface NegotiationCount {
  connections: number;
  offers: number;
  answers: number;
}

/** Self-contained: it is sent to the browser as source. */
export function countNegotiations(): void {
  const page = globalThis as typeof globalThis & {
    __negotiations?: NegotiationCount;
    __connections?: RTCPeerConnection[];
  };
  if (page.__negotiations || typeof RTCPeerConnection === "undefined") return;
  const count: NegotiationCount = { connections: 0, offers: 0, answers: 0 };
  const connections: RTCPeerConnection[] = [];
  page.__negotiations = count;
  page.__connections = connections;

  type Settle = (description?: RTCLocalSessionDescriptionInit) => Promise<void>;
  const settle = RTCPeerConnection.prototype.setLocalDescription as Settle;
  RTCPeerConnection.prototype.setLocalDescription = function (
    this: RTCPeerConnection,
    description?: RTCLocalSessionDescriptionInit,
  ) {
    // Without a type the browser decides by the state: an answer when there is an offer to answer.
    const answering = this.signalingState === "have-remote-offer" ||
      this.signalingState === "have-local-pranswer";
    const type = description?.type ?? (answering ? "answer" : "offer");
    if (type === "offer") count.offers++;
    if (type === "answer") count.answers++;
    return settle.call(this, description);
  } as Settle;

  page.RTCPeerConnection = new Proxy(RTCPeerConnection, {
    construct(target, args, newTarget) {
      const connection = Reflect.construct(target, args, newTarget);
      count.connections++;
      connections.push(connection);
      return connection;
    },
  });
}
