/**
 * The connection to one other participant. Knows nothing of rooms.
 *
 * Perfect negotiation (W3C WebRTC, section 10.7) with names on top: every connection has a `link`
 * id chosen by who offers it first, and every negotiation on it a `round`. A description of a new
 * link replaces the connection (the other page was reloaded, or gave up on the old one); one of an
 * old link or round is late and dropped. Restarting ICE is the only reason for a second round.
 */
import type { Answer, IceCandidate, Offer, PairSignal } from "../../shared/protocol/signaling.ts";
import { AgreementGate } from "./agreement_gate.ts";
import { preferCodecs } from "./codecs.ts";
import { beginSmall, firstEncodings } from "./first_encoding.ts";
import { configurationOf, whenRefused } from "./ice.ts";
import {
  type Line,
  LINE_KIND,
  lineOf,
  linesFor,
  type LocalTracks,
  NO_TRACKS,
  trackFor,
} from "./lines.ts";
import { asSent } from "./opus.ts";
import type { LinkPhase, PeerKind, PeerLinkEvents, PeerLinkOptions } from "./peer_link_ports.ts";
import { RemoteCandidates } from "./remote_candidates.ts";

/** The one data channel of a link exists on both sides from the start, under this id. */
const CHANNEL_ID = 0;

export class PeerLink {
  readonly kind: PeerKind;
  readonly #options: PeerLinkOptions;
  readonly #events: PeerLinkEvents;
  #pc: RTCPeerConnection | null = null;
  #link = "";
  /** A connection that was ended here: nothing of it is taken up again. */
  #abandoned: string | null = null;
  #round = 0;
  /** Null: the link is not encrypted. */
  readonly #agreement: AgreementGate | null;
  /** No answer has ever come back on this connection: nothing would be lost by replacing it. */
  #fresh = true;
  #makingOffer = false;
  #phase: LinkPhase = "connecting";
  #closed = false;
  #tracks: LocalTracks = NO_TRACKS;
  /** Clients other than ours show `event.streams[0]`: what they get must belong to one stream. */
  #streams: MediaStream[] = [];
  #senders = new Map<Line, RTCRtpSender>();
  readonly #protected = new WeakSet<RTCRtpTransceiver>();
  readonly #candidates: RemoteCandidates;
  /** Descriptions and candidates are applied one after another. */
  #queue: Promise<void> = Promise.resolve();

  constructor(options: PeerLinkOptions, events: PeerLinkEvents) {
    this.kind = options.kind;
    this.#options = options;
    this.#events = events;
    this.#agreement = options.encrypted ? new AgreementGate(events) : null;
    this.#candidates = new RemoteCandidates((error) => events.trouble(error));
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

  /** An offer of a new connection is on its way, and nothing has come back. */
  get unanswered(): boolean {
    return this.#fresh && this.#pc?.signalingState === "have-local-offer";
  }

  sender(line: Line): RTCRtpSender | undefined {
    return this.#senders.get(line);
  }

  /** Offers a new connection, dropping the one there is. */
  offer(): void {
    if (this.#closed) return;
    this.#forgetSteps();
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

  /** Other relays, or new credentials for them: used from the next search for a way on. */
  configure(configuration: RTCConfiguration): void {
    this.#options.configuration = configuration;
    this.#enqueue(() => this.#pc?.setConfiguration(configurationOf(this.#options)));
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
    // Behind descriptions that are being applied it would wait for nothing.
    if (type === "e2ee") return this.#agreement?.take(data as PairSignal);
    this.#enqueue(() => {
      if (type === "offer") return this.#takeOffer(data as Offer);
      if (type === "answer") return this.#takeAnswer(data as Answer);
      return this.#candidates.take(data as IceCandidate, { link: this.#link, pc: this.#pc });
    });
  }

  /** Key agreement for the present connection. */
  sendPairMessage(message: PairSignal["message"]): void {
    if (!this.#closed) this.#agreement?.say(message);
  }

  /** Ends this connection for good; another one may follow. */
  abandon(): void {
    this.#abandoned = this.#link;
    this.#forgetSteps();
    this.#drop();
    this.#setPhase(this.#phase === "connected" ? "interrupted" : this.#phase);
  }

  close(): void {
    this.#closed = true;
    this.#drop();
  }

  #enqueue(step: () => Promise<void> | void): void {
    this.#queue = this.#queue.then(() => this.#closed ? undefined : step())
      .catch((error) => this.#events.trouble(error));
  }

  /** Browsers never settle what is under way on a connection that is closed: do not wait for it. */
  #forgetSteps(): void {
    this.#queue = Promise.resolve();
  }

  #drop(): void {
    const pc = this.#pc;
    this.#pc = null;
    this.#senders.clear();
    if (pc === null) return;
    pc.onicecandidate = pc.onicecandidateerror = null;
    pc.ontrack = pc.onconnectionstatechange = null;
    pc.close();
  }

  #open(link: string): RTCPeerConnection {
    this.#drop();
    const pc = this.#options.createConnection(configurationOf(this.#options));
    this.#pc = pc;
    this.#link = link;
    this.#agreement?.reset();
    this.#round = 0;
    this.#fresh = true;
    this.#streams = this.kind === "mesh" ? [] : [this.#options.newStream()];
    pc.onicecandidate = ({ candidate }) => {
      if (candidate === null) return;
      const { sdpMid, sdpMLineIndex, usernameFragment } = candidate;
      const fields = { candidate: candidate.candidate, sdpMid, sdpMLineIndex, usernameFragment };
      this.#events.signal("ice-candidate", { ...fields, ...this.#names() });
    };
    pc.ontrack = ({ track, receiver, transceiver }) => {
      const line = lineOf(this.kind, transceiver, pc.getTransceivers());
      if (line === undefined) return;
      this.#protect(transceiver, line);
      this.#events.track(line, track, receiver);
    };
    pc.onicecandidateerror = (event) =>
      whenRefused(event, (refusal) => this.#events.trouble(refusal));
    pc.onconnectionstatechange = () => this.#follow(pc);
    if (this.kind === "mesh") {
      const channel = pc.createDataChannel("mesh", { negotiated: true, id: CHANNEL_ID });
      channel.onopen = () => this.#events.channel(channel);
    }
    this.#setPhase(this.#phase === "connected" ? "interrupted" : this.#phase);
    return pc;
  }

  /** A raw client answers what it is sent; the names are for those who know links. */
  #names(): { link?: string; round?: number } {
    return this.kind === "raw" ? {} : { link: this.#link, round: this.#round };
  }

  #addLines(): void {
    const pc = this.#pc;
    if (pc === null) return;
    for (const line of linesFor(this.kind)) {
      const track = trackFor(this.kind, line, this.#tracks);
      const transceiver = pc.addTransceiver(track ?? LINE_KIND[line], {
        direction: "sendrecv",
        streams: this.#streams,
        sendEncodings: firstEncodings(line, track),
      });
      this.#protect(transceiver, line);
      this.#senders.set(line, transceiver.sender);
    }
  }

  /** Once per transceiver, and before anything can be sent: a transform set later may be ignored. */
  #protect(transceiver: RTCRtpTransceiver, line: Line): void {
    if (!this.#options.encrypted || this.#protected.has(transceiver)) return;
    this.#protected.add(transceiver);
    preferCodecs(transceiver, line, this.#options);
    this.#events.protectSender(transceiver.sender, line, this.#link);
    this.#events.protectReceiver(transceiver.receiver, line, this.#link);
  }

  /** The answering side takes the lines as the offer made them. */
  #adoptLines(pc: RTCPeerConnection): void {
    for (const transceiver of pc.getTransceivers()) {
      const line = lineOf(this.kind, transceiver, pc.getTransceivers());
      if (line === undefined || this.#senders.has(line)) continue;
      transceiver.direction = "sendrecv";
      this.#protect(transceiver, line);
      this.#senders.set(line, transceiver.sender);
      // Firefox has it since version 113, Safari since 16.4; without it the tracks still arrive.
      transceiver.sender.setStreams?.(...this.#streams);
      beginSmall(transceiver.sender, line, trackFor(this.kind, line, this.#tracks));
      this.#replace(line, transceiver.sender);
    }
  }

  #replace(line: Line, sender: RTCRtpSender): void {
    const track = trackFor(this.kind, line, this.#tracks);
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
    const sdp = asSent(this.kind, pc.localDescription);
    this.#events.signal("offer", { type: "offer", sdp, ...this.#names() });
    this.#agreement?.introduce(this.#link);
  }

  async #takeOffer(offer: Offer): Promise<void> {
    if (offer.link !== undefined && offer.link === this.#abandoned) return;
    const known = this.#pc !== null && (offer.link ?? this.#link) === this.#link;
    // Restarts what was given up here: the other side has not got the offer of the new one.
    if (!known && (offer.round ?? 1) > 1) {
      return this.unanswered ? this.#sendOffer(this.#pc!) : undefined;
    }
    // Took a longer way than a newer one; the same round again means that the answer was lost.
    if (known && (offer.round ?? this.#round) < this.#round) return;
    const pending = this.#makingOffer || this.#pc?.signalingState === "have-local-offer";
    const collides = pending && (known || this.#fresh);
    if (collides && !this.#options.polite) return;
    // A first offer that lost has lines of its own, which the answer could not use: start over.
    const replace = !known || (collides && this.#fresh);
    const pc = replace ? this.#open(offer.link ?? this.#options.newLinkId()) : this.#pc!;
    this.#agreement?.introduce(this.#link);
    this.#round = offer.round ?? this.#round + 1;
    await pc.setRemoteDescription({ type: "offer", sdp: offer.sdp });
    this.#adoptLines(pc);
    await pc.setLocalDescription();
    if (this.#pc !== pc || pc.localDescription === null) return;
    const sdp = asSent(this.kind, pc.localDescription);
    this.#events.signal("answer", { type: "answer", sdp, ...this.#names() });
    this.#settle(pc);
    this.#enqueue(() => this.#candidates.described({ link: this.#link, pc }));
  }

  async #takeAnswer(answer: Answer): Promise<void> {
    const pc = this.#pc;
    if (pc === null || pc.signalingState !== "have-local-offer") return;
    if ((answer.link ?? this.#link) !== this.#link) return;
    if ((answer.round ?? this.#round) !== this.#round) return;
    // It is told now, since to apply it takes a while, and checked by what was applied.
    if (this.#fresh) this.#identify(pc, answer);
    const applied = pc.setRemoteDescription({ type: "answer", sdp: answer.sdp });
    await applied.catch((error) => this.#refuse(pc, error));
    this.#settle(pc);
    this.#enqueue(() => this.#candidates.described({ link: this.#link, pc }));
  }

  #settle(pc: RTCPeerConnection): void {
    this.#fresh = false;
    this.#identify(pc);
  }

  #identify(pc: RTCPeerConnection, answer?: Answer): void {
    try {
      this.#agreement?.identify(pc, answer);
    } catch (error) {
      this.#refuse(pc, error);
    }
  }

  /** Keys would be agreed on for another connection than this: it ends. */
  #refuse(pc: RTCPeerConnection, error: unknown): never {
    if (this.#agreement !== null && this.#pc === pc) this.abandon();
    throw error;
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
