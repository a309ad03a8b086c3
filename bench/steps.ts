/**
 * When a page does what on its way to the first remote frame: wraps the browser's own interfaces,
 * before the page's scripts run. Times are milliseconds since navigation began.
 */
export const STEPS = [
  "devices asked",
  "devices there",
  "join asked",
  "join answered",
  "socket asked",
  "socket open",
  "first message",
  "connection made",
  "offer made",
  "answer taken",
  "connected",
  "frame",
] as const;
export type Step = (typeof STEPS)[number];
export type Steps = Partial<Record<Step, number>>;

/** Self-contained: sent to the browser as source. */
export function watchSteps(): void {
  const steps: Steps = {};
  Object.assign(globalThis, { __steps: steps });
  const mark = (step: Step) => steps[step] ??= performance.now();

  const devices = navigator.mediaDevices;
  const getUserMedia = devices.getUserMedia.bind(devices);
  devices.getUserMedia = async (constraints) => {
    mark("devices asked");
    const stream = await getUserMedia(constraints);
    mark("devices there");
    return stream;
  };

  const plainFetch = globalThis.fetch;
  globalThis.fetch = async (input, init) => {
    const joins = String(input instanceof Request ? input.url : input).endsWith("/join");
    if (joins) mark("join asked");
    const answer = await plainFetch(input, init);
    if (joins) mark("join answered");
    return answer;
  };

  globalThis.WebSocket = new Proxy(WebSocket, {
    construct(target, args, newTarget) {
      mark("socket asked");
      const socket: WebSocket = Reflect.construct(target, args, newTarget);
      socket.addEventListener("open", () => mark("socket open"));
      socket.addEventListener("message", () => mark("first message"));
      return socket;
    },
  });

  type Settle<Description> = (description?: Description) => Promise<void>;
  type SetLocal = Settle<RTCLocalSessionDescriptionInit>;
  type SetRemote = Settle<RTCSessionDescriptionInit>;
  const prototype = RTCPeerConnection.prototype;
  const setLocal = prototype.setLocalDescription as SetLocal;
  prototype.setLocalDescription = async function (this: RTCPeerConnection, description) {
    await setLocal.call(this, description);
    if (this.signalingState === "have-local-offer") mark("offer made");
  } as SetLocal;
  const setRemote = prototype.setRemoteDescription as SetRemote;
  prototype.setRemoteDescription = async function (this: RTCPeerConnection, description) {
    await setRemote.call(this, description);
    if (description?.type === "answer") mark("answer taken");
  } as SetRemote;
  globalThis.RTCPeerConnection = new Proxy(RTCPeerConnection, {
    construct(target, args, newTarget) {
      mark("connection made");
      const connection: RTCPeerConnection = Reflect.construct(target, args, newTarget);
      connection.addEventListener("connectionstatechange", () => {
        if (connection.connectionState === "connected") mark("connected");
      });
      return connection;
    },
  });

  // A track that is still closed shows black frames, which nobody has sent.
  const awaitFrame = (video: HTMLVideoElement) => {
    video.requestVideoFrameCallback((_, { rtpTimestamp }) =>
      rtpTimestamp === undefined ? awaitFrame(video) : mark("frame")
    );
  };
  const watched = new WeakSet<HTMLVideoElement>();
  const look = () => {
    const videos = document.querySelectorAll<HTMLVideoElement>(
      '[data-testid="tile"] video, video[data-remote]',
    );
    for (const video of videos) {
      if (watched.has(video)) continue;
      watched.add(video);
      awaitFrame(video);
    }
  };
  new MutationObserver(look).observe(document, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ["data-testid", "data-remote"],
  });
}

/** Joins as soon as the lobby lets anyone: its button may be there before its script. */
export function knock(): void {
  addEventListener("submit", (event) => event.preventDefault());
  const timer = setInterval(() => {
    const join = document.querySelector<HTMLButtonElement>('[data-testid="lobby-join"]');
    if (join) join.click();
    else if (document.querySelector('[data-testid="call"], video[data-remote]')) {
      clearInterval(timer);
    }
  }, 5);
}
