import type { ReadonlySignal } from "@preact/signals";

/** A frame around whoever speaks. Not announced: it changes all the time. */
export function SpeakingRing({ speaking }: { speaking: ReadonlySignal<boolean> }) {
  return (
    <div
      aria-hidden="true"
      data-speaking={speaking.value}
      class={`pointer-events-none absolute inset-0 rounded-tile border-3 border-accent
        transition-opacity duration-200 ${speaking.value ? "" : "opacity-0"}`}
    />
  );
}
