/** ICE as a link uses it: what its connections are made with, and what relays say to that. */
import type { PeerLinkOptions } from "./peer_link_ports.ts";

export function configurationOf(
  { configuration, encrypted, kind }: Pick<PeerLinkOptions, "configuration" | "encrypted" | "kind">,
): RTCConfiguration {
  return {
    ...configuration,
    // One transport and one set of candidates; a raw client may want one for each line.
    ...(kind === "mesh" ? { bundlePolicy: "max-bundle" as const } : {}),
    // Chromium lets frames pass in clear until a transform is set, unless it is told to expect
    // one. Other browsers do not know this member.
    ...(encrypted ? { encodedInsertableStreams: true } : {}),
  };
}

/** A relay was reached and gave no allocation, as with credentials that have run out. */
export class RelayRefused extends Error {
  override readonly name = "RelayRefused";
  /** Of STUN (RFC 8489, section 14.8; RFC 8656, section 19): 300 to 699. */
  readonly code: number;

  constructor({ url, errorCode, errorText }: RTCPeerConnectionIceErrorEvent) {
    super(`The relay ${url} refused: ${errorCode} ${errorText}`.trim());
    this.code = errorCode;
  }
}

/** Codes above those of STUN are the browser's own. */
const LAST_STUN_CODE = 699;

/**
 * Of the errors while candidates are gathered, those worth telling. That a server is out of reach
 * over one of several networks (701) is the rule rather than a failure.
 */
export function whenRefused(
  event: RTCPeerConnectionIceErrorEvent,
  tell: (refusal: RelayRefused) => void,
): void {
  const isRelay = /^turns?:/i.test(event.url ?? "");
  if (isRelay && event.errorCode <= LAST_STUN_CODE) tell(new RelayRefused(event));
}
