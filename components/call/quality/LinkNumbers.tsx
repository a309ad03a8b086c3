import { Fragment } from "preact";
import type { Protection } from "../../../lib/client/call/call_state.ts";
import type { LinkRates } from "../../../lib/client/quality/rates.ts";
import type { QualityWords } from "./QualitySheet.tsx";

interface LinkNumbersProps {
  words: QualityWords;
  rates: LinkRates;
  protection: Protection;
}

/** One connection in numbers, for those who look. */
export function LinkNumbers({ words, rates, protection }: LinkNumbersProps) {
  const facts = factsOf(words, rates, protection);
  return (
    <dl class="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-sm">
      {facts.map(([name, key, value]) => (
        <Fragment key={key}>
          <dt class="text-muted">{name}</dt>
          <dd class="text-right tabular-nums" data-fact={key}>{value}</dd>
        </Fragment>
      ))}
    </dl>
  );
}

type Fact = readonly [name: string, key: string, value: string];

function factsOf(words: QualityWords, rates: LinkRates, protection: Protection): Fact[] {
  const rate = (kbps: number) => words("quality_sheet.rate", { value: Math.round(kbps) });
  const share = (value: number | null) =>
    value === null
      ? "–"
      : words("quality_sheet.percent", { value: Math.round(value * 1_000) / 10 });
  const rtt = rates.rttMs === null
    ? "–"
    : words("quality_sheet.milliseconds", { value: Math.round(rates.rttMs) });
  const protocol = rates.protocol.toUpperCase() || "–";
  return [
    [words("quality_sheet.round_trip"), "rtt", rtt],
    [words("quality_sheet.lost_in"), "lost-in", share(rates.loss)],
    [words("quality_sheet.lost_out"), "lost-out", share(rates.sentLoss)],
    [words("quality_sheet.received"), "received", rate(rates.receivedKbps)],
    [words("quality_sheet.sent"), "sent", rate(rates.sentKbps)],
    ...(rates.availableKbps === null ? [] : [
      [words("quality_sheet.possible"), "possible", rate(rates.availableKbps)] as const,
    ]),
    ...pictures(words, rates),
    [
      words("quality_sheet.path"),
      "path",
      words(rates.relayed ? "quality_sheet.path_relayed" : "quality_sheet.path_direct", {
        protocol,
      }),
    ],
    [words("quality_sheet.encryption"), "encryption", encryptionWords(words, protection)],
  ];
}

function pictures(words: QualityWords, { sent, received }: LinkRates): Fact[] {
  type Line = (typeof sent)[number] | (typeof received)[number];
  const wordsOf = (line: Line | undefined) =>
    line === undefined || line.kbps === 0 || line.width === 0
      ? words("quality_sheet.no_picture")
      : words("quality_sheet.picture", {
        width: String(line.width),
        height: String(line.height),
        fps: Math.round(line.fps),
        codec: line.codec || "–",
      });
  const find = (lines: readonly Line[], name: Line["line"]) =>
    lines.find(({ line }) => line === name);
  const screens: Fact[] = [
    [words("quality_sheet.screen_in"), "screen-in", wordsOf(find(received, "screen"))],
    [words("quality_sheet.screen_out"), "screen-out", wordsOf(find(sent, "screen"))],
  ];
  return [
    [words("quality_sheet.picture_in"), "picture-in", wordsOf(find(received, "camera"))],
    [words("quality_sheet.picture_out"), "picture-out", wordsOf(find(sent, "camera"))],
    ...screens.filter(([, , value]) => value !== words("quality_sheet.no_picture")),
  ];
}

function encryptionWords(words: QualityWords, { kind }: Protection): string {
  if (kind === "encrypted") return words("quality_sheet.encryption_end");
  return words(
    kind === "transport" ? "quality_sheet.encryption_transport" : "quality_sheet.encryption_none",
  );
}
