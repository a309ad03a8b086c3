/** The other side's candidates on their way into the connection that they belong to. */
import type { IceCandidate } from "../../shared/protocol/signaling.ts";

/** More are not kept: the offer that they belong to is not coming. */
const MAX_EARLY = 64;

/** Candidates that came before the description of their link. */
export class EarlyCandidates {
  #kept: IceCandidate[] = [];

  keep(candidate: IceCandidate): void {
    if (this.#kept.length >= MAX_EARLY) this.#kept.shift();
    this.#kept.push(candidate);
  }

  /** Those of this link; what is left is of dead ones, and forgotten. */
  take(link: string): IceCandidate[] {
    const kept = this.#kept;
    this.#kept = [];
    return kept.filter((candidate) => (candidate.link ?? link) === link);
  }
}

export async function addCandidate(
  pc: RTCPeerConnection,
  { candidate, sdpMid = null, sdpMLineIndex = null, usernameFragment }: IceCandidate,
): Promise<void> {
  const generation = usernameFragment ? { usernameFragment } : {};
  await pc.addIceCandidate({ candidate, sdpMid, sdpMLineIndex, ...generation });
}
