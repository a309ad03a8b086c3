/** What a link is made with, and what it tells: the outside of `PeerLink`. */
import type { Answer, IceCandidate, Offer, PairSignal } from "../../shared/protocol/signaling.ts";
import type { Line } from "./lines.ts";

export type LinkPhase = "connecting" | "connected" | "interrupted";

/**
 * `raw`: a client of the documented protocol: two lines, no data channel, no link names. `peerjs`:
 * the same with link names, which are its calls; whatever is offered anew is a new call.
 */
export type PeerKind = "mesh" | "raw" | "peerjs";

export interface PeerLinkOptions {
  kind: PeerKind;
  /** Yields when both sides offer at once. */
  polite: boolean;
  /** Every frame goes through `protectSender` and `protectReceiver`, or nowhere. */
  encrypted: boolean;
  /** There are few enough people to send each voice twice. */
  redundantVoice: boolean;
  configuration: RTCConfiguration;
  createConnection(configuration: RTCConfiguration): RTCPeerConnection;
  newLinkId(): string;
  newStream(): MediaStream;
}

/** SHA-256 of the two DTLS certificates, as this side sees them. */
export interface Fingerprints {
  selfFingerprint: Uint8Array<ArrayBuffer>;
  peerFingerprint: Uint8Array<ArrayBuffer>;
}

export interface PeerLinkEvents {
  signal(type: "offer", data: Offer): void;
  signal(type: "answer", data: Answer): void;
  signal(type: "ice-candidate", data: IceCandidate): void;
  signal(type: "e2ee", data: PairSignal): void;
  phase(phase: LinkPhase): void;
  /** A track of the other side; replaces the line's earlier one. */
  track(line: Line, track: MediaStreamTrack, receiver: RTCRtpReceiver): void;
  /** A sender or receiver of an encrypted link was made: its transform must be set before returning. */
  protectSender(sender: RTCRtpSender, line: Line, link: string): void;
  protectReceiver(receiver: RTCRtpReceiver, line: Line, link: string): void;
  /** A first description has gone out or come in: an agreement on keys may begin. */
  introduced(): void;
  /** Both sides of a new connection are described: who is it, by the fingerprints in there. */
  described(fingerprints: Fingerprints): void;
  /** Key agreement with the other side, for the present connection. */
  pairMessage(message: PairSignal["message"]): void;
  /** The data channel of the current connection is open. */
  channel(channel: RTCDataChannel): void;
  /** A description or candidate was not usable; the link tries to heal by itself. */
  trouble(error: unknown): void;
}
