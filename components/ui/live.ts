import { type ReadonlySignal, useSignal } from "@preact/signals";
import { useLayoutEffect } from "preact/hooks";

/**
 * False in the page as the server sent it, true once its script runs. What cannot work before that
 * is drawn as not ready yet: a tap into the void would be lost, a native submit would reload.
 */
export function useLive(): ReadonlySignal<boolean> {
  const live = useSignal(false);
  useLayoutEffect(() => {
    live.value = true;
  }, []);
  return live;
}
