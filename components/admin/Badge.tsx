import type { ComponentChildren } from "preact";

const TONES = {
  good: "bg-accent-soft text-ink",
  warning: "bg-warm-soft text-ink",
  bad: "bg-danger-soft text-ink",
  quiet: "border border-line text-muted",
} as const;

export type Tone = keyof typeof TONES;

/** A word about a thing. The colour repeats what the word says. */
export function Badge({ tone = "quiet", children }: { tone?: Tone; children: ComponentChildren }) {
  return (
    <span
      class={`inline-block rounded-lg px-2 py-0.5 text-sm font-medium whitespace-nowrap ${
        TONES[tone]
      }`}
    >
      {children}
    </span>
  );
}
