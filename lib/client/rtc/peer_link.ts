/**
 * The connection to one other participant. Knows nothing of rooms.
 *
 * Perfect negotiation (W3C WebRTC, section 10.7) with names on top: every connection has a `link`
 * id chosen by who offers it first, and every negotiation on it a `round`. A description of a new
 * link replaces the connection (the other page was reloaded, or gave up on the old one); one of an
 * old link or round is late and dropped. Restarting ICE is the only reason for a second round.
 */
import type { Answer, IceCandidate, Offer, PairSignal } from "../../shared/protocol/signaling.ts";
import { encryptableFirst } from "./codecs.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { type Line, LINE_KIND, LINES, type LocalTracks, NO_TRACKS, RAW_LINES } from "./lines.ts";
import type { LinkPhase, PeerKind, PeerLinkEvents, PeerLinkOptions } from "./peer_link_ports.ts";

/** The one data channel of a link exists on both sides from the start, under this id. */
const CHANNEL_ID = 0;
/** Candidates of a link whose offer has not come yet. */
const MAX_EARLY_CANDIDATES = 64;

export class PeerLink {
  readonly kind: PeerKind;
  readonly #options: PeerLinkOptions;
  readonly #events: PeerLinkEvents;
  #pc: RTCPeerConnection | null = null;
  #link = "";
  #round = 0;
  /** No answer has ever come back on this connection: nothing would be lost by replacing it. */
  #fresh = true;
  #makingOffer = false;
  #phase: LinkPhase = "connecting";
  #closed = false;
  #tracks: LocalTracks = NO_TRACKS;
  /** A raw client shows `event.streams[0]`: what it gets must belong to one stream. */
  #streams: MediaStream[] = [];
  #senders = new Map<Line, RTCRtpSender>();
  readonly #protected = new WeakSet<RTCRtpTransceiver>();
  #early: IceCandidate[] = [];
  /** Descriptions and candidates are applied one after another. */
  #queue: Promise<void> = Promise.resolve();

  constructor(options: PeerLinkOptions, events: PeerLinkEvents) {
    this.kind = options.kind;
    this.#options = options;
    this.#events = events;
  }

  get phase(): LinkPhase {
    return this.#phase;
  }

  get connection(): RTCPeerConnection | null {
    return this.#pc;
  }

  /** True until this side offered or got an offer. */
  get idle(): boolean {
    return this.#pc === null;
  }

  sender(line: Line): RTCRtpSender | undefined {
    return this.#senders.get(line);
  }

  /** Offers a new connection, dropping the one there is. */
  offer(): void {
    if (this.#closed) return;
    this.#open(this.#options.newLinkId());
    this.#addLines();
    this.#enqueue(() => this.#negotiate());
  }

  /**
   * Looks for a new way to the other side; media goes on over the old one as long as it lives.
   * While an offer is unanswered, says that offer again instead: it may be lost.
   */
  restartIce(): void {
    const pc = this.#pc;
    if (this.#closed || pc === null || pc.signalingState === "closed") return;
    // Never answered: the first offer may be lost. Saying it again does no harm.
    if (pc.signalingState === "have-local-offer") return this.#sendOffer(pc);
    pc.restartIce();
    this.#enqueue(() => this.#negotiate());
  }

  /** Switches what is sent, without a new offer. */
  setTracks(tracks: LocalTracks): void {
    this.#tracks = tracks;
    for (const [line, sender] of this.#senders) this.#replace(line, sender);
  }

  receive(type: "offer", data: Offer): void;
  receive(type: "answer", data: Answer): void;
  receive(type: "ice-candidate", data: IceCandidate): void;
  receive(type: "e2ee", data: PairSignal): void;
  receive(type: string, data: Offer | Answer | IceCandidate | PairSignal): void {
    this.#enqueue(() => {
      if (type === "offer") return this.#takeOffer(data as Offer);
      if (type === "answer") return this.#takeAnswer(data as Answer);
      if (type === "e2ee") return this.#takePairSignal(data as PairSignal);
      return this.#takeCandidate(data as IceCandidate);
    });
  }

  /** Key agreement for the present connection. */
  sendPairMessage(message: PairSignal["message"]): void {
    if (!this.#closed) this.#events.signal("e2ee", { link: this.#link, message });
  }

  close(): void {
    this.#closed = true;
    this.#drop();
  }

  #enqueue(step: () => Promise<void> | void): void {
    this.#queue = this.#queue.then(() => this.#closed ? undefined : step())
      .catch((error) => this.#events.trouble(error));
  }

  #drop(): void {
    const pc = this.#pc;
    this.#pc = null;
    this.#senders.clear();
    if (pc === null) return;
    pc.onicecandidate = pc.ontrack = pc.onconnectionstatechange = null;
    pc.close();
  }

  #open(link: string): RTCPeerConnection {
    this.#drop();
    const pc = this.#options.createConnection({
      ...this.#options.configuration,
      // One transport and one set of candidates; a raw client may want one for each line.
      ...(this.kind === "mesh" ? { bundlePolicy: "max-bundle" as const } : {}),
      // Chromium lets frames pass in clear until a transform is set, unless it is told to expect
      // one. Other browsers do not know this member.
      ...(this.#options.encrypted ? { encodedInsertableStreams: true } : {}),
    });
    this.#pc = pc;
    this.#link = link;
    this.#round = 0;
    this.#fresh = true;
    this.#streams = this.kind === "raw" ? [this.#options.newStream()] : [];
    pc.onicecandidate = ({ candidate }) => {
      if (candidate === null) return;
      const { sdpMid, sdpMLineIndex, usernameFragment } = candidate;
      const fields = { candidate: candidate.candidate, sdpMid, sdpMLineIndex, usernameFragment };
      this.#events.signal("ice-candidate", { ...fields, ...this.#names() });
    };
    pc.ontrack = ({ track, receiver, transceiver }) => {
      const line = this.#lineOf(pc, transceiver);
      if (line === undefined) return;
      this.#protect(transceiver, line);
      this.#events.track(line, track, receiver);
    };
    pc.onconnectionstatechange = () => this.#follow(pc);
    if (this.kind === "mesh") {
      const channel = pc.createDataChannel("mesh", { negotiated: true, id: CHANNEL_ID });
      channel.onopen = () => this.#events.channel(channel);
    }
    this.#setPhase(this.#phase === "connected" ? "interrupted" : this.#phase);
    return pc;
  }

  /** A raw client answers what it is sent; the names are for ours only. */
  #names(): { link?: string; round?: number } {
    return this.kind === "raw" ? {} : { link: this.#link, round: this.#round };
  }

  #lines(): readonly Line[] {
    return this.kind === "raw" ? RAW_LINES : LINES;
  }

  #addLines(): void {
    const pc = this.#pc;
    if (pc === null) return;
    for (const line of this.#lines()) {
      const transceiver = pc.addTransceiver(this.#trackFor(line) ?? LINE_KIND[line], {
        direction: "sendrecv",
        streams: this.#streams,
      });
      this.#protect(transceiver, line);
      this.#senders.set(line, transceiver.sender);
    }
  }

  /** Once per transceiver, and before anything can be sent: a transform set later may be ignored. */
  #protect(transceiver: RTCRtpTransceiver, line: Line): void {
    if (!this.#options.encrypted || this.#protected.has(transceiver)) return;
    this.#protected.add(transceiver);
    if (LINE_KIND[line] === "video") transceiver.setCodecPreferences(encryptableFirst());
    this.#events.protectSender(transceiver.sender, line, this.#link);
    this.#events.protectReceiver(transceiver.receiver, line, this.#link);
  }

  /** The answering side takes the lines as the offer made them. */
  #adoptLines(pc: RTCPeerConnection): void {
    for (const transceiver of pc.getTransceivers()) {
      const line = this.#lineOf(pc, transceiver);
      if (line === undefined || this.#senders.has(line)) continue;
      transceiver.direction = "sendrecv";
      this.#protect(transceiver, line);
      this.#senders.set(line, transceiver.sender);
      // Firefox has it since version 113, Safari since 16.4; without it the tracks still arrive.
      transceiver.sender.setStreams?.(...this.#streams);
      this.#replace(line, transceiver.sender);
    }
  }

  #lineOf(pc: RTCPeerConnection, transceiver: RTCRtpTransceiver): Line | undefined {
    const { kind } = transceiver.receiver.track;
    if (this.kind === "mesh") return LINES[pc.getTransceivers().indexOf(transceiver)];
    const sameKind = pc.getTransceivers().filter((other) => other.receiver.track.kind === kind);
    const lines = LINES.filter((line) => LINE_KIND[line] === kind);
    return lines[sameKind.indexOf(transceiver)];
  }

  /** A raw client has no screen line: the screen takes the camera's place, as its own code does. */
  #trackFor(line: Line): MediaStreamTrack | null {
    if (this.kind === "raw" && line === "camera") return this.#tracks.screen ?? this.#tracks.camera;
    return this.#tracks[line];
  }

  #replace(line: Line, sender: RTCRtpSender): void {
    const track = this.#trackFor(line);
    if (sender.track === track) return;
    sender.replaceTrack(track).catch((error) => {
      if (!this.#closed && this.#senders.get(line) === sender) this.#events.trouble(error);
    });
  }

  async #negotiate(): Promise<void> {
    const pc = this.#pc;
    if (pc === null || pc.signalingState !== "stable") return;
    try {
      this.#makingOffer = true;
      this.#round++;
      await pc.setLocalDescription();
      if (this.#pc === pc) this.#sendOffer(pc);
    } finally {
      this.#makingOffer = false;
    }
  }

  #sendOffer(pc: RTCPeerConnection): void {
    if (pc.localDescription?.type !== "offer") return;
    const { sdp } = pc.localDescription;
    this.#events.signal("offer", { type: "offer", sdp, ...this.#names() });
  }

  async #takeOffer(offer: Offer): Promise<void> {
    const known = this.#pc !== null && (offer.link ?? this.#link) === this.#link;
    const pending = this.#makingOffer || this.#pc?.signalingState === "have-local-offer";
    const collides = pending && (known || this.#fresh);
    if (collides && !this.#options.polite) return;
    // A first offer that lost has lines of its own, which the answer could not use: start over.
    const replace = !known || (collides && this.#fresh);
    const pc = replace ? this.#open(offer.link ?? this.#options.newLinkId()) : this.#pc!;
    this.#round = offer.round ?? this.#round + 1;
    await pc.setRemoteDescription({ type: "offer", sdp: offer.sdp });
    this.#adoptLines(pc);
    await pc.setLocalDescription();
    if (this.#pc !== pc || pc.localDescription === null) return;
    const { sdp } = pc.localDescription;
    this.#events.signal("answer", { type: "answer", sdp, ...this.#names() });
    this.#settle(pc);
    await this.#addEarly();
  }

  async #takeAnswer(answer: Answer): Promise<void> {
    const pc = this.#pc;
    if (pc === null || pc.signalingState !== "have-local-offer") return;
    if ((answer.link ?? this.#link) !== this.#link) return;
    if ((answer.round ?? this.#round) !== this.#round) return;
    await pc.setRemoteDescription({ type: "answer", sdp: answer.sdp });
    this.#settle(pc);
    await this.#addEarly();
  }

  /** Both descriptions are there; later rounds change nothing about who is at the other end. */
  #settle(pc: RTCPeerConnection): void {
    const first = this.#fresh;
    this.#fresh = false;
    if (!first || !this.#options.encrypted) return;
    const selfFingerprint = fingerprintOf(pc.localDescription?.sdp ?? "");
    const peerFingerprint = fingerprintOf(pc.remoteDescription?.sdp ?? "");
    if (selfFingerprint === null || peerFingerprint === null) {
      throw new DOMException("no SHA-256 fingerprint in the description", "OperationError");
    }
    this.#events.described({ selfFingerprint, peerFingerprint });
  }

  #takePairSignal({ link, message }: PairSignal): void {
    // Of a connection that was replaced: its agreement is void.
    if (link === this.#link && !this.#fresh) this.#events.pairMessage(message);
  }

  async #takeCandidate(candidate: IceCandidate): Promise<void> {
    const pc = this.#pc;
    const ours = pc !== null && (candidate.link ?? this.#link) === this.#link;
    if (!ours || pc.remoteDescription === null) {
      if (this.#early.length >= MAX_EARLY_CANDIDATES) this.#early.shift();
      this.#early.push(candidate);
      return;
    }
    await this.#addCandidate(pc, candidate);
  }

  /** Candidates that came before their description; those of dead links are forgotten here. */
  async #addEarly(): Promise<void> {
    const early = this.#early;
    this.#early = [];
    for (const candidate of early) {
      if ((candidate.link ?? this.#link) !== this.#link || this.#pc === null) continue;
      await this.#addCandidate(this.#pc, candidate);
    }
  }

  async #addCandidate(pc: RTCPeerConnection, candidate: IceCandidate): Promise<void> {
    const { sdpMid = null, sdpMLineIndex = null, usernameFragment } = candidate;
    try {
      await pc.addIceCandidate({
        candidate: candidate.candidate,
        sdpMid,
        sdpMLineIndex,
        ...(usernameFragment ? { usernameFragment } : {}),
      });
    } catch (error) {
      // Of an ICE generation that was restarted meanwhile: late, not wrong.
      if (this.#pc === pc && pc.signalingState === "stable") this.#events.trouble(error);
    }
  }

  #follow(pc: RTCPeerConnection): void {
    if (this.#pc !== pc) return;
    switch (pc.connectionState) {
      case "connected":
        return this.#setPhase("connected");
      case "disconnected":
      case "failed":
        return this.#setPhase(this.#phase === "connecting" ? "connecting" : "interrupted");
    }
  }

  #setPhase(phase: LinkPhase): void {
    if (this.#phase === phase) return;
    this.#phase = phase;
    this.#events.phase(phase);
  }
}
