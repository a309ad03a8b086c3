/**
 * What the page's connections and videos say of the network. Every function here is sent to the
 * browser as source: self-contained, JSON in, JSON out. The connections were collected before the
 * page's scripts ran (`countNegotiations`).
 */

export interface Received {
  /** Of the pair of candidates in use: `host`, `srflx`, `prflx` or `relay`; null: not connected. */
  way: string | null;
  /** Towards the relay: `udp`, `tcp` or `tls`. */
  relayProtocol: string | null;
  framesDecoded: number;
  freezes: number;
  frozenSeconds: number;
  audioEnergy: number;
  samples: number;
  /** Made up because the real ones did not come; silence that was meant is not among them. */
  concealedSamples: number;
}

/** Sums over the page's living connections; counters start again with a new connection. */
export async function readReceived(): Promise<Received> {
  const sum: Received = {
    way: null,
    relayProtocol: null,
    framesDecoded: 0,
    freezes: 0,
    frozenSeconds: 0,
    audioEnergy: 0,
    samples: 0,
    concealedSamples: 0,
  };
  const page = globalThis as typeof globalThis & { __connections?: RTCPeerConnection[] };
  for (const connection of page.__connections ?? []) {
    if (connection.connectionState === "closed") continue;
    const report = await connection.getStats();
    for (const row of report.values()) {
      if (row.type === "inbound-rtp") {
        sum.framesDecoded += row.framesDecoded ?? 0;
        sum.freezes += row.freezeCount ?? 0;
        sum.frozenSeconds += row.totalFreezesDuration ?? 0;
        sum.audioEnergy += row.totalAudioEnergy ?? 0;
        sum.samples += row.totalSamplesReceived ?? 0;
        sum.concealedSamples += (row.concealedSamples ?? 0) - (row.silentConcealedSamples ?? 0);
      }
      if (row.type === "transport" && row.selectedCandidatePairId !== undefined) {
        const pair = report.get(row.selectedCandidatePairId);
        const local = report.get(pair?.localCandidateId);
        sum.way = local?.candidateType ?? null;
        sum.relayProtocol = local?.relayProtocol ?? null;
      }
    }
  }
  return sum;
}

/** Begins to note when frames of the video are shown, across replaced elements. */
export function noteFrames(selector: string): void {
  const page = globalThis as typeof globalThis & { __frameTimes?: number[] };
  const times: number[] = [];
  page.__frameTimes = times;
  let watched: HTMLVideoElement | null = null;
  const look = () => {
    const video = document.querySelector<HTMLVideoElement>(selector);
    if (video === watched || video === null) return;
    watched = video;
    const onFrame = () => {
      times.push(performance.timeOrigin + performance.now());
      if (video === watched) video.requestVideoFrameCallback(onFrame);
    };
    video.requestVideoFrameCallback(onFrame);
  };
  setInterval(look, 50);
  look();
}

/** Milliseconds since the epoch, of every frame since `noteFrames`. */
export function frameTimes(): number[] {
  const page = globalThis as typeof globalThis & { __frameTimes?: number[] };
  return page.__frameTimes ?? [];
}

/** Asks a relay for an address: that address's kind, or the code with which it is refused. */
export function askRelay(server: RTCIceServer): Promise<string> {
  return new Promise((resolve) => {
    const connection = new RTCPeerConnection({ iceServers: [server], iceTransportPolicy: "relay" });
    const end = (word: string) => {
      connection.close();
      resolve(word);
    };
    connection.onicecandidate = ({ candidate }) => candidate && end(candidate.type ?? "");
    connection.onicecandidateerror = ({ errorCode }) => end(String(errorCode));
    connection.createDataChannel("probe");
    connection.setLocalDescription();
  });
}
