/**
 * All links of this person. Told who is there and what came in; says what is to be sent and what
 * arrived. Knows nothing of sockets, rooms or pages.
 */
import { type ChannelMessage, readChannelMessage, sendOver } from "./link_channel.ts";
import { BEAT_MS, LinkKeeper, readBeat } from "./link_keeper.ts";
import { type Line, LINES, type LocalTracks, NO_TRACKS } from "./lines.ts";
import { PeerLink } from "./peer_link.ts";
import type { Fingerprints, LinkPhase, PeerKind } from "./peer_link_ports.ts";
import type { Answer, IceCandidate, Offer, PairSignal } from "../../shared/protocol/signaling.ts";
import { Strain } from "./strain.ts";

export type Signal =
  | { type: "offer"; data: Offer }
  | { type: "answer"; data: Answer }
  | { type: "ice-candidate"; data: IceCandidate }
  | { type: "e2ee"; data: PairSignal };

/** A media line of one connection. */
export interface LinePlace {
  /** Place in the first offer. */
  index: number;
  link: string;
}

export interface MeshPorts {
  signal(to: number, signal: Signal): void;
  phase(peerId: number, phase: LinkPhase): void;
  track(peerId: number, line: Line, track: MediaStreamTrack, receiver: RTCRtpReceiver): void;
  /** Came over the data channel; beats are the mesh's own. */
  message(peerId: number, message: ChannelMessage): void;
  /** The data channel is open: again after every rebuilt connection. */
  channelOpen(peerId: number): void;
  trouble(peerId: number, error: unknown): void;
  /** Encrypted links only; see `PeerLinkEvents`. */
  protectSender(peerId: number, sender: RTCRtpSender, place: LinePlace): void;
  protectReceiver(peerId: number, receiver: RTCRtpReceiver, place: LinePlace): void;
  introduced(peerId: number): void;
  described(peerId: number, fingerprints: Fingerprints): void;
  pairMessage(peerId: number, message: PairSignal["message"]): void;
  /** Signaling reaches this person right now, by whatever way. */
  canSignal(peerId: number): boolean;
  /** This page's beat period: slower while hidden. */
  beatMs(): number;
}

export interface MeshOptions {
  selfId: number;
  configuration: RTCConfiguration;
  createConnection?(configuration: RTCConfiguration): RTCPeerConnection;
  newLinkId?(): string;
  newStream?(): MediaStream;
  nowMs?(): number;
}

/**
 * Clients other than ours do not know who has to offer, and some know only one of offering and
 * answering: this long one waits for their offer, and then for their answer, before giving way.
 */
const RAW_SILENCE_MS = 1_000;
/** Up to this many others get the voice twice, against losses. */
const FEW_PEERS = 4;

interface Peer {
  link: PeerLink;
  keeper: LinkKeeper;
  channel: RTCDataChannel | null;
  phase: LinkPhase;
  silent: boolean;
  rawTimer: ReturnType<typeof setTimeout> | undefined;
}

export class Mesh {
  readonly #options: Required<MeshOptions>;
  readonly #ports: MeshPorts;
  readonly #peers = new Map<number, Peer>();
  readonly #ticker: ReturnType<typeof setInterval>;
  readonly #strain: Strain;
  #tracks: LocalTracks = NO_TRACKS;

  constructor(options: MeshOptions, ports: MeshPorts) {
    this.#options = {
      createConnection: (configuration) => new RTCPeerConnection(configuration),
      newLinkId: () => crypto.randomUUID(),
      newStream: () => new MediaStream(),
      nowMs: () => performance.now(),
      ...options,
    };
    this.#ports = ports;
    this.#strain = new Strain(this.#options.nowMs());
    this.#ticker = setInterval(() => this.#tick(), BEAT_MS);
  }

  has(peerId: number): boolean {
    return this.#peers.has(peerId);
  }

  link(peerId: number): PeerLink | undefined {
    return this.#peers.get(peerId)?.link;
  }

  *links(): Iterable<[number, PeerLink]> {
    for (const [id, peer] of this.#peers) yield [id, peer.link];
  }

  /** Somebody is in the room; nothing is offered yet. */
  add(peerId: number, kind: PeerKind, { encrypted = false } = {}): void {
    if (this.#peers.has(peerId)) return;
    const polite = kind !== "mesh" || this.#options.selfId > peerId;
    const redundantVoice = this.#peers.size < FEW_PEERS;
    const link = new PeerLink({ ...this.#options, kind, polite, encrypted, redundantVoice }, {
      signal: (type: Signal["type"], data: Signal["data"]) =>
        this.#ports.signal(peerId, { type, data } as Signal),
      phase: (phase) => this.#setPhase(peerId, phase),
      track: (line, track, receiver) => this.#ports.track(peerId, line, track, receiver),
      channel: (channel) => this.#adoptChannel(peerId, channel),
      trouble: (error) => this.#ports.trouble(peerId, error),
      protectSender: (sender, line, link) =>
        this.#ports.protectSender(peerId, sender, { index: LINES.indexOf(line), link }),
      protectReceiver: (receiver, line, link) =>
        this.#ports.protectReceiver(peerId, receiver, { index: LINES.indexOf(line), link }),
      introduced: () => this.#ports.introduced(peerId),
      described: (fingerprints) => this.#ports.described(peerId, fingerprints),
      pairMessage: (message) => this.#ports.pairMessage(peerId, message),
    });
    const keeper = new LinkKeeper({
      link,
      polite,
      nowMs: this.#options.nowMs(),
      canSignal: () => this.#ports.canSignal(peerId),
      beatMs: () => this.#ports.beatMs(),
      strain: () => this.#strain.factor,
      silent: (silent) => this.#setSilent(peerId, silent),
    });
    this.#peers.set(peerId, {
      link,
      keeper,
      channel: null,
      phase: link.phase,
      silent: false,
      rawTimer: undefined,
    });
    link.setTracks(this.#tracks);
  }

  /** This side is the newcomer: it offers. */
  offer(peerId: number): void {
    this.#peers.get(peerId)?.link.offer();
  }

  /**
   * Ends the connection to somebody who stays; this side offers no other before `pauseMs` have
   * passed, the other one may.
   */
  abandon(peerId: number, pauseMs: number): void {
    const peer = this.#peers.get(peerId);
    if (peer === undefined) return;
    peer.keeper.pause(this.#options.nowMs() + pauseMs);
    peer.link.abandon();
  }

  /** Offers unless the other side does within a moment. */
  offerIfSilent(peerId: number): void {
    const peer = this.#peers.get(peerId);
    if (peer === undefined) return;
    clearTimeout(peer.rawTimer);
    peer.rawTimer = setTimeout(() => {
      if (peer.link.idle) peer.link.offer();
    }, RAW_SILENCE_MS);
  }

  remove(peerId: number): void {
    const peer = this.#peers.get(peerId);
    if (peer === undefined) return;
    this.#peers.delete(peerId);
    clearTimeout(peer.rawTimer);
    peer.link.close();
  }

  receive(from: number, { type, data }: Signal): void {
    const peer = this.#peers.get(from);
    if (peer === undefined) return;
    // One call for all: TypeScript cannot follow the pairs of a union through overloads.
    const take = () => peer.link.receive(type as "offer", data as Offer);
    const isGlare = type === "offer" && peer.link.kind !== "mesh" && peer.link.unanswered;
    if (!isGlare) return take();
    // Both offered. Many such clients give way by answering; who does not, never will.
    clearTimeout(peer.rawTimer);
    peer.rawTimer = setTimeout(() => {
      if (peer.link.unanswered) take();
    }, RAW_SILENCE_MS);
  }

  /**
   * Says something over the data channel of one link.
   *
   * @returns false: there is none at the moment, and nothing was kept for later
   */
  send(peerId: number, message: ChannelMessage): boolean {
    return sendOver(this.#peers.get(peerId)?.channel ?? null, message);
  }

  /** Something said over the data channel now will be heard: this person was, a moment ago. */
  reaches(peerId: number): boolean {
    const peer = this.#peers.get(peerId);
    if (peer === undefined || peer.channel?.readyState !== "open") return false;
    return peer.phase === "connected" && !peer.silent;
  }

  /** Nothing gets through at the moment, one way or the other. */
  isCut(peerId: number): boolean {
    return this.#peers.get(peerId)?.keeper.isCut === true;
  }

  /** Signaling reaches this person again. */
  nudge(peerId: number): void {
    this.#peers.get(peerId)?.keeper.nudge();
  }

  configure(configuration: RTCConfiguration): void {
    this.#options.configuration = configuration;
    for (const { link } of this.#peers.values()) link.configure(configuration);
  }

  setTracks(tracks: LocalTracks): void {
    this.#tracks = tracks;
    for (const { link } of this.#peers.values()) link.setTracks(tracks);
  }

  /** The network changed or the page woke up. */
  wake(): void {
    for (const { keeper } of this.#peers.values()) keeper.wake();
  }

  close(): void {
    clearInterval(this.#ticker);
    for (const id of [...this.#peers.keys()]) this.remove(id);
  }

  #tick(): void {
    const nowMs = this.#options.nowMs();
    this.#strain.tick(nowMs, this.#ports.beatMs());
    for (const { keeper } of this.#peers.values()) keeper.tick(nowMs);
  }

  #adoptChannel(peerId: number, channel: RTCDataChannel): void {
    const peer = this.#peers.get(peerId);
    if (peer === undefined) return;
    peer.channel = channel;
    peer.keeper.adopt(channel, this.#options.nowMs());
    channel.onmessage = ({ data }) => {
      const message = readChannelMessage(data);
      peer.keeper.heard(readBeat(message), this.#options.nowMs());
      if (message !== null && message.type !== "beat") this.#ports.message(peerId, message);
    };
    this.#ports.channelOpen(peerId);
  }

  #setPhase(peerId: number, phase: LinkPhase): void {
    const peer = this.#peers.get(peerId);
    if (peer === undefined) return;
    this.#publish(peerId, peer, () => peer.phase = phase);
  }

  #setSilent(peerId: number, silent: boolean): void {
    const peer = this.#peers.get(peerId);
    if (peer === undefined) return;
    this.#publish(peerId, peer, () => peer.silent = silent);
  }

  /** What the page sees: connected means that something is heard, too. */
  #publish(peerId: number, peer: Peer, change: () => void): void {
    const seen = (): LinkPhase =>
      peer.phase === "connected" && peer.silent ? "interrupted" : peer.phase;
    const before = seen();
    change();
    if (seen() !== before) this.#ports.phase(peerId, seen());
  }
}
