import { useLayoutEffect, useRef } from "preact/hooks";
import type { QualityView } from "../../lib/client/quality/quality_view.ts";

/** A ref for the element that shows this picture: its sender learns how large it is here. */
export function useWatched(quality: QualityView, id: number, line: "camera" | "screen") {
  const ref = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    if (ref.current !== null) return quality.watch(ref.current, id, line);
  }, [id]);
  return ref;
}
