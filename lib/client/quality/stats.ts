/**
 * One connection in numbers. `readStats` takes the browser's counters, `between` makes rates of two
 * readings; neither knows connections, so both are tested with recorded reports.
 */

/** What the browser calls it, as far as it is used here; every field may be missing somewhere. */
export interface RawStat {
  readonly id: string;
  readonly type: string;
  readonly [field: string]: unknown;
}

export type LineName = "microphone" | "camera" | "screen" | "screen_audio";

/** Counters since the start of the connection. */
interface Counters {
  readonly bytes: number;
  readonly packets: number;
  readonly lost: number;
  readonly frames: number;
}

export interface SentLine extends Counters {
  readonly encodeSeconds: number;
  readonly width: number;
  readonly height: number;
  readonly fps: number;
  readonly codec: string;
  readonly limitation: string;
  /** Of the encoder, kbit/s; null where it is not told. */
  readonly targetKbps: number | null;
  /** Told by the other side; 0 to 1. */
  readonly loss: number | null;
  readonly active: boolean;
}

export interface ReceivedLine extends Counters {
  readonly width: number;
  readonly height: number;
  readonly fps: number;
  readonly codec: string;
  readonly jitterMs: number | null;
  readonly freezes: number;
  readonly frozenSeconds: number;
  readonly samples: number;
  readonly concealed: number;
}

export interface Reading {
  readonly atMs: number;
  readonly rttMs: number | null;
  readonly availableKbps: number | null;
  readonly relayed: boolean;
  /** `udp` or `tcp`. */
  readonly protocol: string;
  readonly sent: Readonly<Partial<Record<LineName, SentLine>>>;
  readonly received: Readonly<Partial<Record<LineName, ReceivedLine>>>;
}

export interface Lines {
  /** Which line a media section (`mid`) belongs to. */
  readonly lineOf: (mid: string) => LineName | undefined;
}

export function readStats(stats: Iterable<RawStat>, { lineOf }: Lines, atMs: number): Reading {
  const byId = new Map<string, RawStat>();
  for (const stat of stats) byId.set(stat.id, stat);
  const pair = selectedPair(byId);
  const sent: Partial<Record<LineName, SentLine>> = {};
  const received: Partial<Record<LineName, ReceivedLine>> = {};
  for (const stat of byId.values()) {
    const line = lineOf(text(stat.mid));
    if (line === undefined) continue;
    if (stat.type === "outbound-rtp") sent[line] = readSent(stat, byId);
    if (stat.type === "inbound-rtp") received[line] = readReceived(stat, byId);
  }
  const local = byId.get(text(pair?.localCandidateId));
  const remote = byId.get(text(pair?.remoteCandidateId));
  const available = optional(pair?.availableOutgoingBitrate);
  return {
    atMs,
    rttMs: milliseconds(pair?.currentRoundTripTime) ?? roundTripOf(byId),
    availableKbps: available === null ? null : available / 1000,
    relayed: local?.candidateType === "relay" || remote?.candidateType === "relay",
    protocol: text(local?.relayProtocol) || text(local?.protocol),
    sent,
    received,
  };
}

function selectedPair(byId: ReadonlyMap<string, RawStat>): RawStat | undefined {
  const all = [...byId.values()];
  const transport = all.find((stat) => stat.type === "transport");
  return byId.get(text(transport?.selectedCandidatePairId)) ??
    // Firefox names no pair in the transport.
    all.find((stat) =>
      stat.type === "candidate-pair" && stat.nominated === true && stat.state === "succeeded"
    );
}

/** From the reports of the other side, where the pair does not tell. */
function roundTripOf(byId: ReadonlyMap<string, RawStat>): number | null {
  for (const stat of byId.values()) {
    if (stat.type !== "remote-inbound-rtp") continue;
    const ms = milliseconds(stat.roundTripTime);
    if (ms !== null) return ms;
  }
  return null;
}

function readSent(stat: RawStat, byId: ReadonlyMap<string, RawStat>): SentLine {
  const remote = byId.get(text(stat.remoteId)) ??
    [...byId.values()].find(({ type, localId }) =>
      type === "remote-inbound-rtp" && localId === stat.id
    );
  const target = optional(stat.targetBitrate);
  return {
    bytes: count(stat.bytesSent) + count(stat.headerBytesSent),
    packets: count(stat.packetsSent),
    lost: count(remote?.packetsLost),
    frames: count(stat.framesEncoded),
    encodeSeconds: count(stat.totalEncodeTime),
    width: count(stat.frameWidth),
    height: count(stat.frameHeight),
    fps: count(stat.framesPerSecond),
    codec: codecOf(stat, byId),
    limitation: text(stat.qualityLimitationReason),
    targetKbps: target === null ? null : target / 1000,
    loss: optional(remote?.fractionLost),
    active: stat.active !== false,
  };
}

function readReceived(stat: RawStat, byId: ReadonlyMap<string, RawStat>): ReceivedLine {
  return {
    bytes: count(stat.bytesReceived) + count(stat.headerBytesReceived),
    packets: count(stat.packetsReceived),
    lost: count(stat.packetsLost),
    frames: count(stat.framesDecoded),
    width: count(stat.frameWidth),
    height: count(stat.frameHeight),
    fps: count(stat.framesPerSecond),
    codec: codecOf(stat, byId),
    jitterMs: milliseconds(stat.jitter),
    freezes: count(stat.freezeCount),
    frozenSeconds: count(stat.totalFreezesDuration),
    samples: count(stat.totalSamplesReceived),
    // What was silent anyway is no gap: senders pause while nobody speaks.
    concealed: count(stat.concealedSamples) - count(stat.silentConcealedSamples),
  };
}

function codecOf(stat: RawStat, byId: ReadonlyMap<string, RawStat>): string {
  return text(byId.get(text(stat.codecId))?.mimeType).split("/").at(-1) ?? "";
}

function count(value: unknown): number {
  return typeof value === "number" && Number.isFinite(value) ? value : 0;
}

function optional(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

function milliseconds(value: unknown): number | null {
  const seconds = optional(value);
  return seconds === null ? null : seconds * 1000;
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
