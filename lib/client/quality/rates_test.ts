import assert from "node:assert/strict";
import { qualityReport, streamRows } from "./reports.ts";
import { between, sampleOf } from "./rates.ts";
import { type LineName, type RawStat, readStats } from "./stats.ts";

const LINES: Record<string, LineName> = { "0": "microphone", "1": "camera", "2": "screen" };
const lineOf = (mid: string) => LINES[mid];

/** As Chromium tells it, after so many seconds of a call. */
function chromium(
  seconds: number,
  change: Record<string, Record<string, unknown>> = {},
): RawStat[] {
  const stats: RawStat[] = [
    { id: "T", type: "transport", selectedCandidatePairId: "P" },
    {
      id: "P",
      type: "candidate-pair",
      localCandidateId: "L",
      remoteCandidateId: "R",
      currentRoundTripTime: 0.05,
      availableOutgoingBitrate: 1_000_000,
    },
    {
      id: "L",
      type: "local-candidate",
      candidateType: "relay",
      protocol: "udp",
      relayProtocol: "tls",
    },
    { id: "R", type: "remote-candidate", candidateType: "host", protocol: "udp" },
    { id: "C", type: "codec", mimeType: "video/VP8" },
    {
      id: "OV",
      type: "outbound-rtp",
      mid: "1",
      codecId: "C",
      bytesSent: 60_000 * seconds,
      headerBytesSent: 2_500 * seconds,
      packetsSent: 60 * seconds,
      framesEncoded: 30 * seconds,
      totalEncodeTime: 0.15 * seconds,
      frameWidth: 640,
      frameHeight: 360,
      framesPerSecond: 30,
      targetBitrate: 500_000,
      qualityLimitationReason: "none",
      remoteId: "RV",
      active: true,
    },
    { id: "RV", type: "remote-inbound-rtp", fractionLost: 0.02, packetsLost: 1 },
    {
      id: "IA",
      type: "inbound-rtp",
      mid: "0",
      bytesReceived: 4_000 * seconds,
      headerBytesReceived: 1_000 * seconds,
      packetsReceived: 45 * seconds,
      packetsLost: 5 * seconds,
      jitter: 0.012,
      totalSamplesReceived: 48_000 * seconds,
      concealedSamples: 7_200 * seconds,
      silentConcealedSamples: 2_400 * seconds,
    },
    {
      id: "IV",
      type: "inbound-rtp",
      mid: "1",
      bytesReceived: 100_000 * seconds,
      packetsReceived: 95 * seconds,
      packetsLost: 5 * seconds,
      framesDecoded: 25 * seconds,
      freezeCount: seconds,
      totalFreezesDuration: 0.25 * seconds,
    },
    { id: "unknown", type: "inbound-rtp", mid: "9", bytesReceived: 1e9 },
  ];
  return stats.map((stat) => ({ ...stat, ...change[stat.id] }));
}

const reading = (seconds: number, change?: Parameters<typeof chromium>[1]) =>
  readStats(chromium(seconds, change), { lineOf }, seconds * 1_000);

Deno.test("two readings make rates", () => {
  const rates = between(reading(10), reading(12));
  assert.ok(rates !== null);
  assert.equal(rates.sentKbps, 500);
  assert.equal(rates.receivedKbps, 840);
  assert.equal(rates.rttMs, 50);
  assert.equal(rates.jitterMs, 12);
  assert.equal(rates.sentLoss, 0.02);
  assert.equal(rates.loss?.toFixed(4), (10 / 150).toFixed(4));
  assert.equal(rates.frozen, 0.25);
  assert.equal(rates.concealed, 0.1);
  assert.deepEqual([rates.relayed, rates.protocol, rates.availableKbps], [true, "tls", 1_000]);
  const [camera] = rates.sent;
  assert.deepEqual([camera?.codec, camera?.width, camera?.pixels], ["VP8", 640, 30 * 640 * 360]);
  assert.equal(camera?.encodeSeconds.toFixed(3), "0.150");
});

Deno.test("readings of two connections, or too close to each other, say nothing", () => {
  assert.equal(between(reading(10), readStats(chromium(1), { lineOf }, 11_000)), null);
  assert.equal(between(reading(10), { ...reading(10), atMs: 10_050 }), null);
});

Deno.test("Firefox names neither pair nor estimate; what it tells is used", () => {
  const stats = chromium(3).map((stat): RawStat => {
    if (stat.id === "T") return { ...stat, selectedCandidatePairId: undefined };
    if (stat.id === "RV") return { ...stat, localId: "OV", roundTripTime: 0.08 };
    if (stat.id === "OV") return { ...stat, remoteId: undefined, targetBitrate: undefined };
    if (stat.id !== "P") return stat;
    return {
      ...stat,
      nominated: true,
      state: "succeeded",
      currentRoundTripTime: undefined,
      availableOutgoingBitrate: undefined,
    };
  });
  const read = readStats(stats, { lineOf }, 3_000);
  assert.deepEqual([read.rttMs, read.availableKbps, read.relayed], [80, null, true]);
  assert.deepEqual([read.sent.camera?.loss, read.sent.camera?.targetKbps], [0.02, null]);
});

Deno.test("an encoder is starved when it uses up what it gets and may have more", () => {
  const starved = (targetBitrate: number, allowed: number | null) => {
    const now = reading(12, { OV: { targetBitrate } });
    const rates = between(reading(10), now)!;
    return sampleOf(7, { rates, reading: now, cut: false, allowedKbps: () => allowed }).starved;
  };
  assert.equal(starved(500_000, 500), false);
  assert.equal(starved(500_000, 1_500), true);
  assert.equal(starved(1_000_000, 1_500), false, "a still picture does not need its share");
  assert.equal(starved(500_000, null), false);
});

Deno.test("rows tell the largest copy, reports stay within the protocol", () => {
  const [small, large] = [between(reading(10), reading(12))!, between(reading(10), reading(12))!];
  const grown = {
    ...large,
    sent: large.sent.map((each) => ({ ...each, width: 1280, height: 720, kbps: 1400.4 })),
  };
  const rows = streamRows(
    [
      { type: "video", line: "camera", trackId: "cam" },
      { type: "screen", line: "screen", trackId: "display" },
      { type: "audio", line: "microphone", trackId: null },
    ],
    [small, grown],
    "auto",
  );
  assert.deepEqual(
    rows.map(({ is_active, bitrate, resolution }) => [is_active, bitrate, resolution]),
    [
      [true, 1400, "720p"],
      [false, 0, ""],
      [false, 0, ""],
    ],
  );
  const strange = { ...small, rttMs: 1e9, jitterMs: null, loss: 1 / 3 };
  assert.deepEqual(qualityReport([[5, strange]]).links, [
    { participant_id: 5, rtt_ms: 600_000, jitter_ms: null, loss: 0.3333, relayed: true },
  ]);
});
