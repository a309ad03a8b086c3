import { type ReadonlySignal, useComputed } from "@preact/signals";

const BARS = ["h-2", "h-3", "h-4", "h-3", "h-2"] as const;
/** Speech rarely fills the whole range: the bars are full a little earlier. */
const FULL_LEVEL = 0.8;

interface LevelMeterProps {
  /** 0 to 1 */
  level: ReadonlySignal<number>;
  label: string;
  testId?: string;
}

/** Five bars that grow from the middle with the voice. */
export function LevelMeter({ level, label, testId }: LevelMeterProps) {
  const percent = useComputed(() => Math.round(Math.min(level.value / FULL_LEVEL, 1) * 10) * 10);
  const reach = (percent.value / 100) * 3;
  return (
    <span
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent.value}
      class="flex h-5 items-center gap-0.75"
      data-testid={testId}
    >
      {BARS.map((height, index) => (
        <span
          key={index}
          class={`w-1 rounded-full transition-colors duration-100 ${height} ${
            Math.abs(index - 2) < reach ? "bg-accent" : "bg-white/30"
          }`}
        />
      ))}
    </span>
  );
}
