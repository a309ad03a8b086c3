/**
 * A modified client: it hears no order and goes on as before. Runs in the page before the
 * product's own script; the product knows nothing of it.
 */
export function ignoreOrders(): void {
  const own = Object.getOwnPropertyDescriptor(WebSocket.prototype, "onmessage");
  if (!own?.set || !own.get) throw new Error("no onmessage to wrap");
  const { set, get } = own;
  Object.defineProperty(WebSocket.prototype, "onmessage", {
    configurable: true,
    get,
    set(this: WebSocket, listener: ((event: MessageEvent) => void) | null) {
      let selfId = 0;
      set.call(this, (event: MessageEvent) => {
        const { type, data } = JSON.parse(event.data);
        if (type === "room_state") selfId = data.self.participant_id;
        const isOrder = type === "moderation" ||
          (type === "participant_updated" && data.participant_id === selfId);
        if (!isOrder) listener?.call(this, event);
      });
    },
  });
}

/** Keeps every connection of the page, so that a test can see what really arrives. */
export function keepConnections(): void {
  const page = globalThis as typeof globalThis & { __connections?: RTCPeerConnection[] };
  const kept: RTCPeerConnection[] = page.__connections = [];
  const Native = RTCPeerConnection;
  globalThis.RTCPeerConnection = class extends Native {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      kept.push(this);
    }
  };
}

/** Bytes of one kind that have arrived over all connections; needs `keepConnections`. */
export async function receivedBytes(kind: "audio" | "video"): Promise<number> {
  const page = globalThis as typeof globalThis & { __connections?: RTCPeerConnection[] };
  let bytes = 0;
  for (const connection of page.__connections ?? []) {
    for (const report of (await connection.getStats()).values()) {
      if (report.type === "inbound-rtp" && report.kind === kind) bytes += report.bytesReceived;
    }
  }
  return bytes;
}
