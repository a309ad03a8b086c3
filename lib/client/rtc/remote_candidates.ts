/** The other side's candidates on their way into the connection that they belong to. */
import type { IceCandidate } from "../../shared/protocol/signaling.ts";

/** More are not kept: the offer that they belong to is not coming. */
const MAX_EARLY = 64;

/** A connection, by the name of its link. */
interface Named {
  link: string;
  pc: RTCPeerConnection | null;
}

export class RemoteCandidates {
  readonly #trouble: (error: unknown) => void;
  /** They came before the description of their link. */
  #early: IceCandidate[] = [];

  constructor(trouble: (error: unknown) => void) {
    this.#trouble = trouble;
  }

  async take(candidate: IceCandidate, { link, pc }: Named): Promise<void> {
    const ours = (candidate.link ?? link) === link;
    if (ours && pc !== null && pc.remoteDescription !== null) return await this.#add(candidate, pc);
    if (this.#early.length >= MAX_EARLY) this.#early.shift();
    this.#early.push(candidate);
  }

  /** The other side is described now; what came for other links is of dead ones, and forgotten. */
  async described({ link, pc }: Named): Promise<void> {
    const early = this.#early;
    this.#early = [];
    for (const candidate of early) {
      if (pc !== null && (candidate.link ?? link) === link) await this.#add(candidate, pc);
    }
  }

  async #add(
    { candidate, sdpMid = null, sdpMLineIndex = null, usernameFragment }: IceCandidate,
    pc: RTCPeerConnection,
  ): Promise<void> {
    const generation = usernameFragment ? { usernameFragment } : {};
    try {
      await pc.addIceCandidate({ candidate, sdpMid, sdpMLineIndex, ...generation });
    } catch (error) {
      // Of an ICE generation that was restarted meanwhile: late, not wrong.
      if (pc.signalingState === "stable") this.#trouble(error);
    }
  }
}
