/**
 * Whether things may move on the stage. While a room fills everything is simply there: drawing every
 * step of a tile's way, pictures and all, takes the processor from the pictures that are to come.
 */
import { computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import type { CallState } from "./call_state.ts";

/** From one's own coming until the room is filled and its pictures are there. */
const ARRIVING_MS = 3_000;

export function watchCalm(
  { phase, others }: Pick<CallState, "phase" | "others">,
  until: AbortSignal,
  arrivingMs = ARRIVING_MS,
): ReadonlySignal<boolean> {
  const settled = signal(false);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = effect(() => {
    if (phase.value !== "connected") return;
    timer ??= setTimeout(() => settled.value = true, arrivingMs);
  });
  until.addEventListener("abort", () => {
    stop();
    clearTimeout(timer);
  });
  const coming = ({ link }: CallState["others"]["value"][number]) => link.value === "connecting";
  // One who comes is seen coming.
  return computed(() => settled.value && others.value.filter(coming).length <= 1);
}
