/**
 * An RTCPeerConnection without a network, for tests: the signaling state machine of the standard
 * with implicit rollback, transceivers in order, candidates that know their ICE generation. Two
 * fakes whose descriptions met are connected.
 */

interface FakeSdp {
  /** Names one ICE generation of one connection. */
  ufrag: string;
  lines: ("audio" | "video")[];
  /** In an answer: the offer that it belongs to. */
  to?: string;
}

let connections = 0;

class FakeTransceiver {
  direction = "sendrecv";
  readonly sender: { track: unknown; replaceTrack(track: unknown): Promise<void> };
  readonly setCodecPreferences = () => {};
  readonly receiver: { track: { kind: string } };

  constructor(kind: string, track: unknown) {
    this.sender = {
      track,
      replaceTrack(next: unknown) {
        this.track = next;
        return Promise.resolve();
      },
    };
    this.receiver = { track: { kind } };
  }
}

export class FakeChannel extends EventTarget {
  readyState: RTCDataChannelState = "connecting";
  readonly bufferedAmount = 0;
  readonly sent: string[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;

  open(): void {
    if (this.readyState !== "connecting") return;
    this.readyState = "open";
    this.onopen?.();
  }

  send(text: string): void {
    this.sent.push(text);
  }
}

/** As a description shows a certificate. */
export function certificateLine(octets: Uint8Array = crypto.getRandomValues(new Uint8Array(32))) {
  const hex = Array.from(octets, (octet) => octet.toString(16).padStart(2, "0"));
  return `\r\na=fingerprint:sha-256 ${hex.join(":")}\r\n`;
}

export class FakePeerConnection {
  readonly #certificate = certificateLine();
  readonly #name = `c${++connections}`;
  #generation = 0;
  #restart = false;
  #transceivers: FakeTransceiver[] = [];
  readonly candidates: string[] = [];
  channel: FakeChannel | null = null;
  signalingState: RTCSignalingState = "stable";
  connectionState: RTCPeerConnectionState = "new";
  localDescription: { type: "offer" | "answer"; sdp: string } | null = null;
  remoteDescription: { type: "offer" | "answer"; sdp: string } | null = null;
  onicecandidate: ((event: unknown) => void) | null = null;
  ontrack: ((event: unknown) => void) | null = null;
  onconnectionstatechange: (() => void) | null = null;
  rollbacks = 0;
  configuration: RTCConfiguration = {};

  addTransceiver(kindOrTrack: string | { kind: string }): FakeTransceiver {
    const track = typeof kindOrTrack === "string" ? null : kindOrTrack;
    const kind = typeof kindOrTrack === "string" ? kindOrTrack : kindOrTrack.kind;
    const transceiver = new FakeTransceiver(kind, track);
    this.#transceivers.push(transceiver);
    return transceiver;
  }

  getTransceivers(): FakeTransceiver[] {
    return this.#transceivers;
  }

  createDataChannel(): FakeChannel {
    return this.channel = new FakeChannel();
  }

  setConfiguration(configuration: RTCConfiguration): void {
    this.configuration = configuration;
  }

  restartIce(): void {
    this.#restart = true;
  }

  async setLocalDescription(): Promise<void> {
    await this.#work();
    const type = this.signalingState === "have-remote-offer" ? "answer" : "offer";
    if (type === "offer" && (this.#restart || this.#generation === 0)) this.#generation++;
    if (type === "answer" && this.#generation === 0) this.#generation++;
    this.#restart = false;
    const sdp: FakeSdp = {
      ufrag: `${this.#name}.${this.#generation}`,
      lines: this.#transceivers.map(({ receiver }) => receiver.track.kind as "audio" | "video"),
    };
    if (type === "answer") sdp.to = read(this.remoteDescription).ufrag;
    this.localDescription = { type, sdp: `v=0 ${JSON.stringify(sdp)}${this.#certificate}` };
    if (type === "offer") {
      this.signalingState = "have-local-offer";
      return;
    }
    this.signalingState = "stable";
    this.#connect();
  }

  async setRemoteDescription(description: { type: "offer" | "answer"; sdp: string }) {
    await this.#work();
    if (description.type === "answer") {
      if (this.signalingState !== "have-local-offer") throw invalid("answer without offer");
      if (read(description).to !== read(this.localDescription).ufrag) {
        throw invalid("foreign answer");
      }
      this.remoteDescription = description;
      this.signalingState = "stable";
      this.#announceTracks();
      this.#connect();
      return;
    }
    if (this.signalingState === "have-local-offer") this.rollbacks++;
    this.remoteDescription = description;
    this.signalingState = "have-remote-offer";
    for (const kind of read(description).lines.slice(this.#transceivers.length)) {
      this.#transceivers.push(new FakeTransceiver(kind, null));
    }
    this.#announceTracks();
  }

  async addIceCandidate({ candidate }: { candidate: string }): Promise<void> {
    await Promise.resolve();
    if (this.remoteDescription === null) throw invalid("no remote description");
    if (candidate !== "" && !candidate.startsWith(read(this.remoteDescription).ufrag)) {
      throw new DOMException("unknown generation", "OperationError");
    }
    this.candidates.push(candidate);
  }

  /** A candidate of the present generation, as the browser would find it. */
  gather(): void {
    const { ufrag } = read(this.localDescription);
    this.onicecandidate?.({
      candidate: {
        candidate: `${ufrag} host`,
        sdpMid: "0",
        sdpMLineIndex: 0,
        usernameFragment: "",
      },
    });
  }

  setState(state: RTCPeerConnectionState): void {
    this.connectionState = state;
    this.onconnectionstatechange?.();
  }

  close(): void {
    this.signalingState = "closed";
    this.connectionState = "closed";
  }

  /** Never done when the connection is closed meanwhile, as the standard has it. */
  async #work(): Promise<void> {
    await Promise.resolve();
    if (this.signalingState === "closed") await new Promise(() => {});
  }

  #announceTracks(): void {
    for (const transceiver of this.#transceivers) {
      const { receiver } = transceiver;
      this.ontrack?.({ track: receiver.track, receiver, transceiver });
    }
  }

  #connect(): void {
    this.setState("connected");
    this.channel?.open();
  }
}

function read(description: { sdp: string } | null): FakeSdp {
  if (description === null) throw invalid("no description");
  return JSON.parse(description.sdp.split("\r\n")[0]!.slice("v=0 ".length));
}

function invalid(message: string): DOMException {
  return new DOMException(message, "InvalidStateError");
}
