import { SignalHigh, SignalLow, SignalMedium } from "lucide-preact";
import type { PersonQuality } from "../../lib/client/quality/quality_view.ts";
import type { RoomWords } from "../room_words.ts";

const SIGNS = { good: SignalHigh, fair: SignalMedium, poor: SignalLow } as const;
const COLOURS = { good: "text-white/70", fair: "text-[#ffd38a]", poor: "text-[#ffb3a8]" } as const;

/** How well one person comes through: a sign, and in words; loud only when it is bad. */
export function QualityMark({ t, quality }: { t: RoomWords; quality: PersonQuality }) {
  const { rating } = quality;
  if (rating === "unknown") return null;
  const Sign = SIGNS[rating];
  const words = qualityWords(t, quality);
  return (
    <span
      title={words}
      class="flex shrink-0 items-center gap-1"
      data-testid="quality-mark"
      data-rating={rating}
    >
      <Sign class={`size-4 ${COLOURS[rating]}`} role="img" aria-label={words} />
      {rating === "poor" && (
        <span class="text-xs text-[#ffb3a8]" aria-hidden="true">{t("quality.poor_short")}</span>
      )}
    </span>
  );
}

/** "Weak connection: words are lost, the picture stops." */
export function qualityWords(t: RoomWords, { rating, troubles }: PersonQuality): string {
  if (rating === "unknown") return t("quality.unknown");
  const verdict = t(`quality.${rating}`);
  const noticed = troubles.slice(0, 2).map((trouble) => t(`quality.trouble_${trouble}`));
  return noticed.length === 0 ? verdict : `${verdict}: ${noticed.join(", ")}`;
}
